package dev.muster.architecture.planted.purity.domain.job;

import java.time.Instant;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

public record InnocentRule(@Nullable Instant at, Mac mac) {}
