package dev.neonstack.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.neonstack.review.Preview;
import dev.neonstack.review.cost.Difference;
import dev.neonstack.review.cost.Estimate;
import dev.neonstack.review.cost.Item;
import dev.neonstack.review.cost.Price;
import dev.neonstack.review.cost.PriceTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Estimates what the resources of a preview cost a month. */
@Command(name = "cost", description = "What a stack costs a month.")
public final class CostCommand implements Callable<Integer> {
  private static final String NOTHING = "-";

  private final Surroundings surroundings;

  @Option(
      names = {"-s", "--stack"},
      required = true,
      paramLabel = "STACK")
  private String stack;

  @Option(names = "--preview", required = true, paramLabel = "FILE")
  private Path preview;

  @Option(names = "--compare", description = "What the next update changes of it.")
  private boolean compare;

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  @Option(names = "--s3-tib", paramLabel = "N", description = "TiB of objects to assume.")
  private BigDecimal s3Tib;

  CostCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    var declared = Preview.read(JsonMapper.builder().build().readTree(preview.toFile()));
    var prices = PriceTable.of(surroundings.environment());
    var used =
        StackSettings.usage(surroundings.environment(), stack, LocalDate.now(Clock.systemUTC()));
    var usage = Optional.ofNullable(s3Tib).map(used::withS3Tib).orElse(used);
    var after = Estimate.of(declared.after(), prices, usage);
    if (json) {
      surroundings
          .out()
          .println(
              JsonMapper.builder()
                  .build()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(after.summary()));
      return 0;
    }
    surroundings.out().print(bill(after));
    if (compare) {
      surroundings
          .out()
          .print(change(Difference.of(Estimate.of(declared.before(), prices, usage), after)));
    }
    return 0;
  }

  private static String bill(Estimate estimate) {
    if (estimate.items().isEmpty()) {
      return "Nothing in this stack is on the bill of AWS.\n";
    }
    var table = new TextTable("ITEM", "QUANTITY", "EACH", "A MONTH", "NOTE");
    estimate.items().forEach(item -> table.add(cells(item)));
    table.add("total", "", "", estimate.totalText(), "");
    return table
        + "\nPrices of %s on %s, on demand, a month of 730 hours (docs/cost.md)\n"
            .formatted(estimate.region(), estimate.date())
        + list("Assumed", estimate.assumptions())
        + list("Not included", estimate.notIncluded());
  }

  private static String[] cells(Item item) {
    return new String[] {
      item.what(),
      item.quantity().stripTrailingZeros().toPlainString() + " " + item.unit(),
      item.price().map(CostCommand::each).orElse(NOTHING),
      money(item.perMonth()),
      item.note()
    };
  }

  private static String each(Price price) {
    var amount = "$" + price.usd().stripTrailingZeros().toPlainString();
    return switch (price.per()) {
      case HOUR -> amount + "/h";
      case MONTH -> amount;
    };
  }

  private static String money(Optional<BigDecimal> amount) {
    return amount.map(usd -> "$" + usd).orElse("no price");
  }

  private static String list(String title, List<String> lines) {
    return lines.isEmpty() ? "" : title + ": " + String.join("; ", lines) + "\n";
  }

  private static String change(Difference difference) {
    if (difference.changes().isEmpty()) {
      return "\nThe next update changes nothing of it.\n";
    }
    var table = new TextTable("CHANGE", "BEFORE", "AFTER", "A MONTH");
    for (var one : difference.changes()) {
      table.add(
          one.what(),
          one.before().map(item -> money(item.perMonth())).orElse(NOTHING),
          one.after().map(item -> money(item.perMonth())).orElse(NOTHING),
          one.perMonth().map(Difference::signed).orElse("no price"));
    }
    return "\n" + table + "\nThe next update: " + difference.totalText() + "\n";
  }
}
