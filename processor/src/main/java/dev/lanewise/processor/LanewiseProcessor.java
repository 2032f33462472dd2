package dev.lanewise.processor;

import com.google.auto.service.AutoService;
import dev.lanewise.processor.plan.NetworkPlanner;
import dev.lanewise.processor.reader.BlockReader;
import dev.lanewise.processor.reader.LocalTypes;
import dev.lanewise.processor.reader.NetworkReader;
import dev.lanewise.processor.reader.Problems;
import dev.lanewise.processor.reader.ReadNetwork;
import dev.lanewise.processor.reader.StrayCheck;
import dev.lanewise.processor.reader.UnreadableException;
import dev.lanewise.processor.spec.TypeRef;
import dev.lanewise.processor.writer.GeneratedFile;
import dev.lanewise.processor.writer.NetworkWriter;
import dev.lanewise.processor.writer.ProviderWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.Generated;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Checks the types that declare networks and blocks, and generates the networks' classes.
 *
 * <p>A network's classes depend on the network's type and on the types of its blocks, so that an
 * incremental build has to see all of them together: the processor is an aggregating one. A type
 * that refers to classes which other processors have yet to make waits for a later round.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes({
  LanewiseProcessor.LANEWISE + "*",
  "javax.annotation.processing.Generated",
})
public final class LanewiseProcessor extends AbstractProcessor {
  static final String LANEWISE = "dev.lanewise.";

  /** Of the annotations of Lanewise, those that say what is generated. */
  private static final String SPEC = LANEWISE + "spec.";

  private final Set<String> waiting = new LinkedHashSet<>();
  private final Set<String> declared = new HashSet<>();
  private Elements elements;
  private Problems problems;
  private ServiceEntries services;

  /** Made by the compiler. */
  public LanewiseProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    elements = environment.getElementUtils();
    problems = new Problems(environment);
    LocalTypes.watch(environment);
    services = new ServiceEntries(environment, problems);
  }

  /**
   * Reads the networks and blocks of a round.
   *
   * @return whether all annotations are this processor's, so that javac's lint does not take them
   *     for nobody's: those of Lanewise, and the mark of generated classes where it stands on no
   *     other processor's
   */
  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (round.processingOver()) {
      for (String name : waiting) {
        problems.unresolved(elements.getTypeElement(name));
      }
      services.write();
      return false;
    }
    boolean own = true;
    for (Element root : round.getRootElements()) {
      if (root instanceof TypeElement type) {
        declared.add(type.getQualifiedName().toString());
      }
    }
    Set<String> names = new LinkedHashSet<>(waiting);
    waiting.clear();
    for (TypeElement annotation : annotations) {
      String annotationName = annotation.getQualifiedName().toString();
      boolean spec = annotationName.startsWith(SPEC);
      boolean lanewise = annotationName.startsWith(LANEWISE);
      for (Element element : round.getElementsAnnotatedWith(annotation)) {
        own &= lanewise || isMarked(element);
        if (spec && element instanceof TypeElement type) {
          names.add(type.getQualifiedName().toString());
        }
      }
    }
    BlockReader blocks = new BlockReader(elements, problems);
    for (String name : names) {
      try {
        process(elements.getTypeElement(name), blocks);
      } catch (UnreadableException e) {
        waiting.add(name);
      }
    }
    return own;
  }

  private static boolean isMarked(Element element) {
    Generated mark = element.getAnnotation(Generated.class);
    return mark != null && List.of(mark.value()).contains(LanewiseProcessor.class.getName());
  }

  private void process(TypeElement type, BlockReader blocks) {
    new StrayCheck(problems).check(type);
    blocks.check(type);
    ReadNetwork network = new NetworkReader(elements, problems, blocks).read(type);
    if (network != null) {
      generate(network);
    }
  }

  private void generate(ReadNetwork network) {
    // Seen from the network's module, which need not read the module of this annotation.
    boolean marked =
        elements.getTypeElement(
                elements.getModuleOf(network.type()), "javax.annotation.processing.Generated")
            != null;
    List<GeneratedFile> files =
        new ArrayList<>(new NetworkWriter(NetworkPlanner.plan(network.spec()), marked).files());
    GeneratedFile provider = ProviderWriter.file(network.spec(), marked);
    files.add(provider);
    if (!NetworkReader.isNested(network.type())) {
      services.add(provider.qualifiedName(), network.type());
    }
    for (GeneratedFile file : files) {
      if (declared.contains(file.qualifiedName())) {
        problems.taken(network.type(), file.className());
      } else {
        write(file, network);
      }
    }
  }

  private void write(GeneratedFile file, ReadNetwork network) {
    List<Element> origins = new ArrayList<>();
    origins.add(network.type());
    origins.addAll(network.models());
    for (TypeRef block : file.blockTypes()) {
      origins.add(network.blockTypes().get(block));
    }
    try (Writer writer =
        processingEnv
            .getFiler()
            .createSourceFile(file.qualifiedName(), origins.toArray(Element[]::new))
            .openWriter()) {
      writer.write(file.text());
    } catch (FilerException e) {
      problems.taken(network.type(), file.className());
    } catch (IOException e) {
      problems.notWritten(network.type(), file.className(), e);
    }
  }
}
