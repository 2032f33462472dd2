package example;

import dev.lanewise.model.Classification;
import dev.lanewise.model.Classifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A service with a thread for each request, as web frameworks have them. All ask one classifier:
 * what they ask at the same time it works on together, and each gets the bits that it would get
 * alone.
 */
public final class Service {
  private Service() {}

  /** Takes a model and images. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    try (Classifier classifier = Classifier.load(Path.of(args[0]));
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      System.out.println(
          "8 callers take " + classifier.workingBytes(8) / 1024 + " KiB beside the weights");
      List<Future<Classification>> answers = new ArrayList<>();
      for (int i = 1; i < args.length; i++) {
        Path image = Path.of(args[i]);
        answers.add(requests.submit(() -> classifier.classify(image)));
      }
      for (int i = 1; i < args.length; i++) {
        System.out.println(args[i] + ": " + answers.get(i - 1).get().best());
      }
    }
  }
}
