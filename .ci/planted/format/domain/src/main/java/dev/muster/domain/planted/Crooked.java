package dev.muster.domain.planted;

/** Four spaces, and a brace on its own line. */
public final class Crooked
{
    private Crooked() {}
}
