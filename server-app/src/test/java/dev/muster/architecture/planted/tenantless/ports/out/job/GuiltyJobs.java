package dev.muster.architecture.planted.tenantless.ports.out.job;

public interface GuiltyJobs {
  int count();
}
