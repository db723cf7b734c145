package dev.muster.agent.fake;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Says the same to whoever connects, whatever they want, if need be without end. */
public final class Babbler implements AutoCloseable {
  private final Listening listening;
  private final byte[] first;
  private final byte[] again;

  /**
   * Starts it.
   *
   * @param first what it says, each character a byte
   * @param again what it says then, over and over; empty for hanging up
   */
  public Babbler(String first, String again) throws IOException {
    this.first = first.getBytes(StandardCharsets.ISO_8859_1);
    this.again = again.getBytes(StandardCharsets.ISO_8859_1);
    this.listening = new Listening(this::babble);
  }

  public URI urlOf(String scheme) {
    return listening.url(scheme);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void babble(Socket client) {
    try (client) {
      int asked = client.getInputStream().read(new byte[16_384]);
      OutputStream out = client.getOutputStream();
      out.write(first);
      out.flush();
      while (asked > 0 && again.length > 0) {
        out.write(again);
      }
      client.shutdownOutput();
      client.getInputStream().readAllBytes();
    } catch (IOException enough) {
      // Said who is tested.
    }
  }
}
