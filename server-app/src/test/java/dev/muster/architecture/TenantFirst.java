package dev.muster.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.muster.ports.out.CrossTenant;
import java.util.List;

/** A forgotten tenant must be a mistake that does not build, not one that leaks. */
final class TenantFirst {
  private TenantFirst() {}

  static ArchRule in_every_outbound_port(House house) {
    return methods()
        .that()
        .areDeclaredInClassesThat(portsOfOneTenant(house))
        .and(areTheirOperations())
        .should(takeTheTenantFirst(house))
        .because("what works across tenants is a port of its own, marked @CrossTenant");
  }

  private static DescribedPredicate<JavaClass> portsOfOneTenant(House house) {
    String room = house.root() + ".ports.out.";
    return DescribedPredicate.describe(
        "outbound ports of one tenant",
        type ->
            (type.getPackageName() + ".").startsWith(room)
                && type.isInterface()
                && !type.isAnnotation()
                && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !isSealedResult(type)
                && !type.isAnnotatedWith(CrossTenant.class));
  }

  /** An outcome of a port, such as {@code Leased | NothingDue}: a value, nobody calls it. */
  private static boolean isSealedResult(JavaClass type) {
    return type.reflect().isSealed();
  }

  private static DescribedPredicate<JavaMethod> areTheirOperations() {
    return DescribedPredicate.describe(
        "operations",
        method ->
            !method.getModifiers().contains(JavaModifier.STATIC)
                && !method.getModifiers().contains(JavaModifier.PRIVATE)
                && !method.getModifiers().contains(JavaModifier.SYNTHETIC));
  }

  private static ArchCondition<JavaMethod> takeTheTenantFirst(House house) {
    String tenant = house.root() + ".domain.tenancy.TenantId";
    return new ArchCondition<>("take a TenantId first") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        List<JavaClass> parameters = method.getRawParameterTypes();
        boolean taken = !parameters.isEmpty() && parameters.getFirst().getName().equals(tenant);
        events.add(new SimpleConditionEvent(method, taken, method.getFullName()));
      }
    };
  }
}
