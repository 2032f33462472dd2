package dev.lanewise.processor.reader;

import dev.lanewise.spec.Kernel;
import dev.lanewise.spec.Pad;
import dev.lanewise.spec.Padding;
import dev.lanewise.spec.Stride;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads size, stride and padding of a convolution or a pooling. */
final class WindowReader {
  /** Whether a stride may be, or has to be, given. */
  enum StrideRule {
    /** A number of its own, or the block's. */
    MAY_BE_OF_BLOCK,
    /** A number of its own. */
    OWN,
    /** A number of its own, or none for the size of the window. */
    OWN_OR_SIZE
  }

  private final Problems problems;

  WindowReader(Problems problems) {
    this.problems = problems;
  }

  /** Returns whether a convolution takes the block's stride. */
  static boolean ofBlock(Annotation annotation) {
    return annotation.numbers("stride").equals(List.of(Stride.OF_BLOCK));
  }

  /** Returns whether a convolution takes the stage's kernel. */
  static boolean ofStage(Annotation annotation) {
    return annotation.numbers("kernel").equals(List.of(Kernel.OF_STAGE));
  }

  /** Returns whether a window is padded by half of what it covers. */
  static boolean half(Annotation annotation) {
    return annotation.numbers("pad").equals(List.of(Pad.HALF));
  }

  /**
   * Returns a window, or null where there are mistakes. Where the stride is the block's it is 1;
   * where the kernel is the stage's it is of one pixel, without padding.
   *
   * @param owner what has the window, for messages
   * @param size the member that gives the size
   */
  Window read(Annotation annotation, String owner, String size, StrideRule rule) {
    int before = problems.count();
    boolean ofStage = rule == StrideRule.MAY_BE_OF_BLOCK && ofStage(annotation);
    List<Integer> extents = ofStage ? List.of(1, 1) : pair(annotation, size, size + " of " + owner);
    List<Integer> strides = strides(annotation, owner, rule, extents);
    List<Integer> dilation =
        rule == StrideRule.OWN_OR_SIZE
            ? List.of(1, 1)
            : pair(annotation, "dilation", "dilation of " + owner);
    List<Integer> covered = ofStage ? null : covered(annotation, owner, extents, dilation);
    List<Integer> pads = pads(annotation, owner, covered);
    if (ofStage) {
      padOfStage(annotation, owner);
      pads = List.of(0, 0, 0, 0);
    }
    if (problems.count() > before) {
      return null;
    }
    if (!ofStage) {
      skips(annotation, owner, covered, strides);
    }
    return new Window(
        extents.get(0),
        extents.get(1),
        strides.get(0),
        strides.get(1),
        annotation.choice("padding", Padding.class),
        pads.get(0),
        pads.get(1),
        pads.get(2),
        pads.get(3),
        dilation.get(0),
        dilation.get(1));
  }

  /** Returns the rows and columns from a window's first place to its last; null where unknown. */
  private List<Integer> covered(
      Annotation annotation, String owner, List<Integer> size, List<Integer> dilation) {
    if (size == null || dilation == null) {
      return null;
    }
    List<Integer> covered = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      long extent = (size.get(i) - 1L) * dilation.get(i) + 1;
      if (extent > Limits.EXTENT) {
        problems.report(
            annotation.at("dilation"),
            "dilation of " + owner,
            "a window of at most " + Limits.EXTENT + " pixels from its first to its last",
            dilation.get(i) + ", by which a window of " + size.get(i) + " covers " + extent);
        return null;
      }
      if (size.get(i) == 1 && dilation.get(i) > 1 && size.get(1 - i) == 1) {
        problems.warn(
            annotation.at("dilation"),
            "dilation of " + owner,
            "has no effect, as the window is one pixel");
        return size;
      }
      covered.add((int) extent);
    }
    return covered;
  }

  private List<Integer> strides(
      Annotation annotation, String owner, StrideRule rule, List<Integer> size) {
    String subject = "stride of " + owner;
    List<Integer> numbers = annotation.numbers("stride");
    if (rule == StrideRule.OWN_OR_SIZE && numbers.isEmpty()) {
      return size;
    }
    if (rule != StrideRule.OWN_OR_SIZE && numbers.contains(Stride.OF_BLOCK)) {
      if (rule == StrideRule.MAY_BE_OF_BLOCK && numbers.size() == 1) {
        return List.of(1, 1);
      }
      problems.report(
          annotation.at("stride"),
          subject,
          rule == StrideRule.MAY_BE_OF_BLOCK
              ? "Stride.OF_BLOCK alone, which goes for height and width"
              : "a positive number, as there is no block here whose stride it could take",
          "Stride.OF_BLOCK");
      return null;
    }
    return pair(annotation, "stride", subject);
  }

  /** Warns where pixels between windows are never read; a window of one pixel is meant so. */
  private void skips(
      Annotation annotation, String owner, List<Integer> size, List<Integer> strides) {
    for (int i = 0; i < 2; i++) {
      if (size.get(i) > 1 && strides.get(i) > size.get(i)) {
        problems.warn(
            annotation.at("stride"),
            "stride of " + owner,
            "pixels between the windows are never read, as "
                + strides.get(i)
                + " is more than the window's "
                + size.get(i));
        return;
      }
    }
  }

  /** Returns {height, width} of one or two positive numbers. */
  private List<Integer> pair(Annotation annotation, String member, String subject) {
    List<Integer> numbers = annotation.numbers(member);
    if (numbers.isEmpty() || numbers.size() > 2) {
      problems.report(
          annotation.at(member), subject, "one number or {height, width}", text(numbers));
      return null;
    }
    boolean good = true;
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) <= 0) {
        problems.report(annotation.at(member, i), subject, "a positive number", numbers.get(i));
        good = false;
      } else if (numbers.get(i) > Limits.EXTENT) {
        problems.report(
            annotation.at(member, i), subject, "at most " + Limits.EXTENT, numbers.get(i));
        good = false;
      }
    }
    return good ? List.of(numbers.get(0), numbers.get(numbers.size() - 1)) : null;
  }

  /** A number of pixels can be too many for the kernel of another stage. */
  private void padOfStage(Annotation annotation, String owner) {
    if (annotation.given("pad") && !half(annotation)) {
      problems.report(
          annotation.at("pad"),
          "pad of " + owner,
          "Pad.HALF, as the kernel is the stage's",
          text(annotation.numbers("pad")));
    }
  }

  /** Returns {top, bottom, left, right}. */
  private List<Integer> pads(Annotation annotation, String owner, List<Integer> size) {
    List<Integer> none = List.of(0, 0, 0, 0);
    String subject = "pad of " + owner;
    Padding padding = annotation.choice("padding", Padding.class);
    List<Integer> pads = annotation.numbers("pad");
    if (padding != Padding.EXPLICIT) {
      if (annotation.given("pad")) {
        problems.report(
            annotation.at("pad"),
            subject,
            "padding = Padding.EXPLICIT with it",
            "Padding." + padding);
      }
      return none;
    }
    if (!annotation.given("pad")) {
      problems.report(
          annotation.at("padding"),
          "padding of " + owner,
          "pad = ... with Padding.EXPLICIT",
          "no pad");
      return none;
    }
    if (half(annotation)) {
      return size == null
          ? none
          : List.of(size.get(0) / 2, size.get(0) / 2, size.get(1) / 2, size.get(1) / 2);
    }
    if (pads.size() != 1 && pads.size() != 2 && pads.size() != 4) {
      problems.report(
          annotation.at("pad"),
          subject,
          "{all}, {height, width} or {top, bottom, left, right}",
          text(pads));
      return none;
    }
    for (int i = 0; i < pads.size(); i++) {
      int pad = pads.get(i);
      if (pad < 0) {
        problems.report(annotation.at("pad", i), subject, "0 or a positive number", pad);
      } else if (size != null) {
        boolean vertical = pads.size() == 4 ? i < 2 : i == 0;
        boolean both = pads.size() == 1;
        int extent = both ? Math.min(size.get(0), size.get(1)) : size.get(vertical ? 0 : 1);
        if (pad >= extent) {
          problems.report(
              annotation.at("pad", i),
              subject,
              "less than the window's " + extent + ", so that no window lies in padding alone",
              pad);
        }
      }
    }
    return switch (pads.size()) {
      case 1 -> List.of(pads.get(0), pads.get(0), pads.get(0), pads.get(0));
      case 2 -> List.of(pads.get(0), pads.get(0), pads.get(1), pads.get(1));
      default -> pads;
    };
  }

  /** Returns numbers as they stand in an annotation. */
  static String text(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
  }
}
