package dev.lanewise.processor;

import dev.lanewise.processor.reader.Problems;
import dev.lanewise.processor.writer.ProviderWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.ModuleElement.ProvidesDirective;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * The entries by which {@link java.util.ServiceLoader} finds the providers of a compilation's
 * networks: in {@code META-INF/services} on the class path; in a named module only its own
 * declaration counts, so that one without {@code provides} is told of.
 */
final class ServiceEntries {
  private final ProcessingEnvironment environment;
  private final Problems problems;
  private final Map<String, TypeElement> networks = new TreeMap<>();

  ServiceEntries(ProcessingEnvironment environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** Takes a provider's class and the network that it offers. */
  void add(String provider, TypeElement network) {
    networks.put(provider, network);
  }

  /** Writes the entries, once all networks are known. */
  void write() {
    if (networks.isEmpty()) {
      return;
    }
    networks.forEach(this::requireProvided);
    String file = "META-INF/services/" + ProviderWriter.SERVICE;
    try (Writer writer =
        environment
            .getFiler()
            .createResource(
                StandardLocation.CLASS_OUTPUT,
                "",
                file,
                networks.values().toArray(TypeElement[]::new))
            .openWriter()) {
      writer.write(String.join("\n", networks.keySet()) + "\n");
    } catch (FilerException e) {
      problems.taken(networks.values().iterator().next(), file);
    } catch (IOException e) {
      problems.notWritten(networks.values().iterator().next(), file, e);
    }
  }

  private void requireProvided(String provider, TypeElement network) {
    ModuleElement module = environment.getElementUtils().getModuleOf(network);
    if (module == null || module.isUnnamed() || provides(module, provider)) {
      return;
    }
    environment
        .getMessager()
        .printMessage(
            Diagnostic.Kind.NOTE,
            "network "
                + network.getSimpleName()
                + ": is found by name only where module "
                + module.getQualifiedName()
                + " says 'provides "
                + ProviderWriter.SERVICE
                + " with "
                + provider
                + "'",
            network);
  }

  private static boolean provides(ModuleElement module, String provider) {
    return module.getDirectives().stream()
        .filter(ProvidesDirective.class::isInstance)
        .map(ProvidesDirective.class::cast)
        .filter(
            provides ->
                provides.getService().getQualifiedName().contentEquals(ProviderWriter.SERVICE))
        .flatMap(provides -> provides.getImplementations().stream())
        .anyMatch(type -> type.getQualifiedName().contentEquals(provider));
  }
}
