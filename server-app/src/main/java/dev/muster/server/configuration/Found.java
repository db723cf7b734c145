package dev.muster.server.configuration;

/**
 * A value and where it stands.
 *
 * @param place so that a problem can name what to correct
 */
record Found(String value, String place) {
  @Override
  public String toString() {
    return place;
  }
}
