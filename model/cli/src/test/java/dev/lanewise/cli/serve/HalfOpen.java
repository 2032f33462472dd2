package dev.lanewise.cli.serve;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Connections on which a request was begun and not ended. */
public final class HalfOpen {
  private static final int MILLIS = 5;

  private HalfOpen() {}

  /**
   * Waits until the server has closed all but some. As long as it still takes up others, which one
   * waits the longest may be a client that does send.
   *
   * @param sockets the connections
   * @param most how many may be left open
   */
  public static void await(List<Socket> sockets, int most) throws IOException {
    List<Socket> open = new ArrayList<>(sockets);
    while (open.size() > most) {
      for (Socket socket : List.copyOf(open)) {
        if (isClosed(socket)) {
          open.remove(socket);
        }
      }
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(MILLIS);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      // What the server had not read yet makes it a reset.
      return true;
    }
  }
}
