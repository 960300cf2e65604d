package dev.neonstack.stacks;

import com.pulumi.aws.Provider;
import com.pulumi.aws.ProviderArgs;
import com.pulumi.aws.inputs.ProviderDefaultTagsArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import dev.neonstack.stacks.config.aws.AwsConfig.Account;
import java.util.Map;
import java.util.TreeMap;

/** The account as Pulumi reaches it: in one region, never another account, with tags on all. */
final class AwsAccount {
  /**
   * The plugin of AWS. The classes of resources were generated with an older one; this is the
   * oldest that pulumi-eks takes, and it takes the same inputs.
   */
  private static final String PLUGIN = "7.25.0";

  private final Account account;
  private final Map<String, String> tags;
  private final Provider provider;

  AwsAccount(Account account, String stack) {
    this.account = account;
    this.tags = new TreeMap<>(account.tags());
    tags.put("neonstack:stack", stack);
    this.provider =
        new Provider(
            "aws",
            ProviderArgs.builder()
                .region(account.region())
                .allowedAccountIds(account.id())
                .defaultTags(ProviderDefaultTagsArgs.builder().tags(tags).build())
                .build(),
            CustomResourceOptions.builder().version(PLUGIN).build());
  }

  ProviderResource provider() {
    return provider;
  }

  ComponentResourceOptions options() {
    return ComponentResourceOptions.builder().providers(provider).build();
  }

  String region() {
    return account.region();
  }

  Output<String> id() {
    return Output.of(account.id());
  }

  /** For what the provider's own tags do not reach, as somebody else makes it. */
  Map<String, String> tags() {
    return tags;
  }
}
