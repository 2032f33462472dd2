package dev.lanewise.model.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The image files of a folder and their classes, in the order of class and file name.
 *
 * @param files the image files
 * @param targets what each is compared with; classes in alphabetical order
 * @param ignored number of files and folders that are no part of the data set
 */
record ImageFiles(List<Path> files, ImageTargets targets, int ignored) {
  private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png");

  /** What stands for bytes of a name that are none in the system's encoding. */
  private static final char REPLACEMENT = '\uFFFD';

  /** What file managers leave behind. */
  private static final Set<String> LITTER = Set.of("thumbs.db", "desktop.ini", "__macosx");

  /**
   * Lists a folder of one sub-folder per class, or of image files whose names start with the class.
   *
   * @throws DataException where it is neither, or holds fewer than two classes
   */
  static ImageFiles list(Path folder) {
    List<Path> images = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    int ignored = 0;
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        folders.add(entry);
      } else if (isImage(entry)) {
        images.add(entry);
      } else {
        ignored++;
      }
    }
    if (!images.isEmpty() && holdsImages(folders)) {
      throw DataException.of(
          "folder %s has image files (%s) beside sub-folders of images (%s), so it is unclear what"
              + " decides the class: keep only one of them",
          folder, images.getFirst().getFileName(), folders.getFirst().getFileName());
    }
    ImageFiles found =
        images.isEmpty()
            ? byFolder(folder, folders, ignored)
            : byName(images, ignored + folders.size());
    if (found.targets.names().size() < 2) {
      throw DataException.of(
          "folder %s must hold at least 2 classes, got 1 (%s)",
          folder, found.targets.names().getFirst());
    }
    return found;
  }

  /** Returns whether a folder, or one right below it, holds image files. */
  static boolean areIn(Path folder) {
    List<Path> entries = entries(folder);
    return entries.stream().anyMatch(entry -> isImage(entry) && !Files.isDirectory(entry))
        || holdsImages(entries.stream().filter(Files::isDirectory).toList());
  }

  /** Returns a folder's entries in the order of their names, less hidden ones and litter. */
  static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        String name = entry.getFileName().toString();
        if (name.indexOf(REPLACEMENT) >= 0) {
          throw DataException.of(
              "folder %s has the name '%s', which cannot be read in this system's encoding, %s; a"
                  + " locale with UTF-8 (LC_ALL=C.UTF-8) can",
              folder, name, System.getProperty("sun.jnu.encoding"));
        }
        if (!name.startsWith(".") && !LITTER.contains(name.toLowerCase(Locale.ROOT))) {
          entries.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new DataException("folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
    // Paths compare without regard to case on some systems; names must have one order on all.
    entries.sort(Comparator.comparing(entry -> entry.getFileName().toString()));
    return entries;
  }

  /** Returns whether a file's name is that of an image. */
  static boolean isImage(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(extension);
  }

  private static boolean holdsImages(List<Path> folders) {
    return folders.stream()
        .anyMatch(f -> entries(f).stream().anyMatch(e -> isImage(e) && !Files.isDirectory(e)));
  }

  private static ImageFiles byFolder(Path parent, List<Path> folders, int ignoredBeside) {
    if (folders.isEmpty() || !holdsImages(folders)) {
      throw new DataException(
          "folder "
              + parent
              + " holds no images: requires sub-folders of JPEG or PNG images, or such images with"
              + " the class at the start of their names");
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<String> classNames = new ArrayList<>();
    int ignored = ignoredBeside;
    for (Path folder : folders) {
      int before = files.size();
      for (Path entry : entries(folder)) {
        if (!Files.isDirectory(entry) && isImage(entry)) {
          files.add(entry);
          labels.add(classNames.size());
        } else {
          ignored++;
        }
      }
      if (files.size() == before) {
        throw new DataException("class folder " + folder + " holds no JPEG or PNG image");
      }
      classNames.add(folder.getFileName().toString());
    }
    return of(files, labels, classNames, ignored);
  }

  private static ImageFiles byName(List<Path> files, int ignored) {
    TreeSet<String> words = new TreeSet<>();
    for (Path file : files) {
      words.add(word(file));
    }
    List<String> classNames = List.copyOf(words);
    List<Integer> labels = files.stream().map(file -> classNames.indexOf(word(file))).toList();
    return of(files, labels, classNames, ignored);
  }

  private static ImageFiles of(
      List<Path> files, List<Integer> labels, List<String> classNames, int ignored) {
    int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
    return new ImageFiles(files, ImageTargets.classes(numbers, classNames), ignored);
  }

  /** Returns the letters that a file's name starts with: "cat" of "cat.12.jpg". */
  private static String word(Path file) {
    String name = file.getFileName().toString();
    String stem = name.substring(0, name.lastIndexOf('.'));
    int end = 0;
    while (end < stem.length() && Character.isLetter(stem.codePointAt(end))) {
      end += Character.charCount(stem.codePointAt(end));
    }
    if (end == 0) {
      throw new DataException(
          "image "
              + file
              + " does not say its class: requires a name that starts with a word, as cat.12.jpg,"
              + " or a sub-folder per class");
    }
    return stem.substring(0, end);
  }
}
