package dev.muster.architecture.planted.tenantless.ports.out.job;

import dev.muster.ports.out.CrossTenant;

@CrossTenant("Sweeps look for what is overdue, whoever it belongs to.")
public interface InnocentSweep {
  int count();
}
