package good;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.NetworkProvider;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Offers the network that {@link ResNet50} declares to those who look it up by name. */
@SuppressWarnings({
    "exports",
    "auxiliaryclass"
})
@Generated("dev.lanewise.processor.LanewiseProcessor")
public final class ResNet50Provider implements NetworkProvider {
  /** Made by {@link ServiceLoader}. */
  public ResNet50Provider() {
  }

  @Override
  public Class<?> declaration() {
    return ResNet50.class;
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public Network create(NetworkOptions options) {
    return new ResNet50Network(options);
  }
}
