package dev.muster.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule of the house and where its violation is planted.
 *
 * @param planted the package below {@code planted} where somebody breaks it
 * @param in the rule, for one house
 */
record Rule(String planted, Function<House, ArchRule> in) {
  /** All of them. */
  static List<Rule> all() {
    return Stream.concat(Stream.of(single()), cycles()).toList();
  }

  private static Rule[] single() {
    return new Rule[] {
      new Rule("purity", Layers::domain_knows_the_jdk_and_jspecify_only),
      new Rule("portpurity", Layers::ports_know_the_domain_only),
      new Rule("technology", Layers::application_knows_ports_and_domain_only),
      new Rule("httpalone", Layers::http_sees_neither_application_nor_other_adapters),
      new Rule("wirealone", Layers::wire_and_grpc_call_the_inbound_ports_only),
      new Rule("jdbcalone", Layers::jdbc_sees_neither_application_nor_other_adapters),
      new Rule("inlinealone", Layers::inline_calls_the_inbound_ports_as_http_does),
      new Rule("agentalone", Layers::agent_shares_only_the_domain),
      new Rule("sandboxedcode", Layers::sandboxed_code_knows_java_base_and_the_engine_only),
      new Rule("sandboxalone", Layers::the_sandbox_knows_none_of_its_users),
      new Rule("tracingalone", Layers::tracing_knows_none_of_its_users),
      new Rule("opentelemetry", Layers::one_package_knows_opentelemetry),
      new Rule("domainclock", TimeAndChance::domain_is_given_both),
      new Rule("usecaseclock", TimeAndChance::use_cases_are_given_both),
      new Rule("adapterclock", TimeAndChance::adapters_read_neither_by_themselves),
      new Rule("wiring", TimeAndChance::adapters_are_given_clocks_and_dice),
      new Rule("tenantless", TenantFirst::in_every_outbound_port),
      new Rule("emptywords", Names::say_something),
      new Rule("httppublic", Names::only_routes_leave_a_slice_of_http),
      new Rule("jdbcpublic", Names::only_jdbc_types_leave_a_slice_of_jdbc),
      new Rule("cycles", Slices::all_packages_free_of_cycles),
      new Rule("useless", Usefulness::the_product_calls_what_the_domain_offers),
      new Rule("slicenames", Names::use_cases_are_sliced_by_the_words_of_the_product),
    };
  }

  private static Stream<Rule> cycles() {
    return Slices.ROOMS.stream()
        .map(room -> new Rule("cycles", house -> Slices.free_of_cycles(house, room)));
  }

  @Override
  public String toString() {
    return in.apply(House.MUSTER).getDescription();
  }
}
