package dev.muster.sandbox.child;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The program that runs one script. Arguments: its time in milliseconds, a message's most bytes.
 */
public final class Child {
  private Child() {}

  /** Runs the script that comes in the first message, and ends. */
  public static void main(String[] arguments) {
    // Standard output is the pipe: nobody else writes to it.
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    System.setOut(nowhere);
    System.setErr(nowhere);
    long millis = Long.parseLong(arguments[0]);
    Thread.ofPlatform().daemon().name("time").start(() -> end(millis));
    ParentPipe parent =
        new ParentPipe(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            Integer.parseInt(arguments[1]));
    try {
      parent.send(new ScriptRun(parent).lastMessage());
      ExitCode.DONE.halt();
    } catch (OutOfMemoryError e) {
      ExitCode.MEMORY.halt();
    } catch (Throwable e) {
      ExitCode.DEFECT.halt();
    }
  }

  // Loops, regular expressions that backtrack for ever, whatever it is: nothing outlasts this.
  private static void end(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      // Nobody interrupts it; if somebody does, that is the end, too.
    }
    ExitCode.TIME.halt();
  }
}
