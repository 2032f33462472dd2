package dev.lanewise.cli.serve;

import com.google.gson.JsonPrimitive;
import com.sun.net.httpserver.HttpExchange;
import dev.lanewise.model.Classification;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.Images;
import dev.lanewise.model.error.ModelException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Classifies the images of a request. */
final class Classifying {
  /** What the image of a body without a form is called. */
  private static final String ONLY = "body";

  private static final Pattern TOP = Pattern.compile("top=([1-9][0-9]{0,5})");
  private static final double MILLI = 1e6;

  private final Classifier classifier;
  private final Limits limits;
  private final Metrics metrics;

  /** Decoding takes a processor, and many times the memory of what is sent. */
  private final Semaphore decoders = new Semaphore(Runtime.getRuntime().availableProcessors());

  Classifying(Classifier classifier, Limits limits, Metrics metrics) {
    this.classifier = classifier;
    this.limits = limits;
    this.metrics = metrics;
  }

  /**
   * Answers a request whose body was read.
   *
   * @throws Refusal where the images cannot be classified
   */
  Answer answer(HttpExchange exchange, byte[] body) throws InterruptedException {
    long begun = System.nanoTime();
    int top = top(exchange.getRequestURI().getRawQuery());
    List<Upload> uploads = uploads(exchange.getRequestHeaders().getFirst("Content-Type"), body);
    Map<Upload, byte[]> pixels = new LinkedHashMap<>();
    Map<Upload, Refusal> refusals = new HashMap<>();
    for (Upload upload : uploads) {
      try {
        pixels.put(upload, decode(upload));
      } catch (Refusal e) {
        refusals.put(upload, e);
      }
    }
    Map<Upload, Classification> results = classified(pixels, refusals);
    if (results.isEmpty()) {
      throw refusals.get(uploads.getFirst());
    }
    long taken = System.nanoTime() - begun;
    metrics.classified(results.size(), taken);
    return Answer.json(
        uploads.stream()
            .map(
                upload ->
                    results.containsKey(upload)
                        ? results.get(upload).toJson(upload.name(), top)
                        : refused(upload, refusals.get(upload)))
            .collect(
                Collectors.joining(
                    ", ",
                    "{\"results\": [",
                    String.format(Locale.ROOT, "], \"milliseconds\": %.3f}", taken / MILLI))));
  }

  /**
   * Classifies images together.
   *
   * @param refusals where those of which the network has no finite answer are put
   */
  private Map<Upload, Classification> classified(
      Map<Upload, byte[]> pixels, Map<Upload, Refusal> refusals) {
    Map<Upload, Classification> results = new HashMap<>();
    try {
      Iterator<Classification> all =
          classifier.classifyPixels(List.copyOf(pixels.values())).iterator();
      pixels.keySet().forEach(upload -> results.put(upload, all.next()));
    } catch (ModelException e) {
      // It does not tell which one it is.
      pixels.forEach(
          (upload, one) -> {
            try {
              results.put(upload, classifier.classifyPixels(List.of(one)).getFirst());
            } catch (ModelException alone) {
              Refusal refusal = new Refusal(Status.UNPROCESSABLE_CONTENT, alone.getMessage());
              refusals.put(upload, refusal);
            }
          });
    }
    return results;
  }

  private static String refused(Upload upload, Refusal refusal) {
    return "{\"image\": "
        + new JsonPrimitive(upload.name())
        + ", \"error\": "
        + new JsonPrimitive(refusal.getMessage())
        + "}";
  }

  private static int top(String query) {
    if (query == null) {
      return Integer.MAX_VALUE;
    }
    Matcher top = TOP.matcher(query);
    if (!top.matches()) {
      throw new Refusal(
          Status.BAD_REQUEST,
          "the address requires nothing behind its path, or ?top=K for the K most probable classes,"
              + " got ?"
              + ImageServer.shortened(query));
    }
    return Integer.parseInt(top.group(1));
  }

  private List<Upload> uploads(String contentType, byte[] body) {
    List<Upload> uploads =
        Multipart.is(contentType)
            ? Multipart.files(contentType, body)
            : List.of(new Upload(ONLY, body));
    if (uploads.isEmpty() || body.length == 0) {
      throw new Refusal(
          Status.BAD_REQUEST,
          "a request requires an image as its body, or files in a form, got none");
    }
    if (uploads.size() > Limits.IMAGES) {
      throw new Refusal(
          Status.CONTENT_TOO_LARGE,
          "a request requires at most " + Limits.IMAGES + " images, got " + uploads.size());
    }
    return uploads;
  }

  private byte[] decode(Upload upload) throws InterruptedException {
    if (!Images.isReadable(upload.bytes())) {
      throw new Refusal(
          Status.UNSUPPORTED_MEDIA_TYPE,
          "image " + upload.name() + " must be a JPEG or PNG file, got something else");
    }
    decoders.acquire();
    try {
      long pixels = Images.pixels(upload.name(), upload.bytes());
      if (pixels > limits.pixels()) {
        throw new Refusal(
            Status.CONTENT_TOO_LARGE,
            "image "
                + upload.name()
                + " requires at most "
                + limits.pixels()
                + " pixels, got "
                + pixels);
      }
      return Images.decode(upload.name(), upload.bytes(), classifier.imageShape());
    } catch (DataException e) {
      throw new Refusal(Status.UNPROCESSABLE_CONTENT, e.getMessage());
    } finally {
      decoders.release();
    }
  }
}
