// Reads lines, each a JSON array of simulations of calls of AWS, and prints for each a line, a JSON array of what IAM decides.
import { createInterface } from 'node:readline'
import { runSimulation } from '@cloud-copilot/iam-simulate'

async function decide(simulation) {
  const answer = await runSimulation(simulation, {})
  if (answer.resultType !== 'single') {
    return 'Error: ' + JSON.stringify(answer)
  }
  // A condition on what no such call carries would never hold, and a test with it would show nothing.
  const ignored = answer.result.ignoredContextKeys ?? []
  return ignored.length > 0 ? `Error: the call carries no ${ignored}` : answer.overallResult
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await Promise.all(JSON.parse(line).map(decide))))
}
