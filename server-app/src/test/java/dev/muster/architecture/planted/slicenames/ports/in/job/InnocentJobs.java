package dev.muster.architecture.planted.slicenames.ports.in.job;

public interface InnocentJobs {}
