/** Networks, data sets, training and classifying. */
module dev.lanewise.model {
  exports dev.lanewise.model;
  exports dev.lanewise.model.augment;
  exports dev.lanewise.model.data;
  exports dev.lanewise.model.error;
  exports dev.lanewise.model.network;
  exports dev.lanewise.model.plot;
  exports dev.lanewise.model.random;
  exports dev.lanewise.model.report;
  exports dev.lanewise.model.training;
  exports dev.lanewise.model.weights;

  requires transitive dev.lanewise.formats;
  requires transitive dev.lanewise.runtime;
  requires transitive java.desktop;
  requires com.google.gson;
  requires io.jhdf;
  requires static java.compiler;

  uses dev.lanewise.model.augment.OperationFactory;
  uses dev.lanewise.model.data.DataFormat;
  uses dev.lanewise.model.training.Loss;
  uses dev.lanewise.model.training.Metric;
  uses dev.lanewise.network.NetworkProvider;

  provides dev.lanewise.network.NetworkProvider with
      dev.lanewise.model.network.CifarResNet20Provider,
      dev.lanewise.model.network.CifarResNet32Provider,
      dev.lanewise.model.network.CifarResNet44Provider,
      dev.lanewise.model.network.CifarResNet56Provider,
      dev.lanewise.model.network.KerasDenseNet121Provider,
      dev.lanewise.model.network.KerasEfficientNetB0Provider,
      dev.lanewise.model.network.KerasMobileNetV2Provider,
      dev.lanewise.model.network.KerasResNet101Provider,
      dev.lanewise.model.network.KerasResNet101V2Provider,
      dev.lanewise.model.network.KerasResNet152Provider,
      dev.lanewise.model.network.KerasResNet152V2Provider,
      dev.lanewise.model.network.KerasResNet50Provider,
      dev.lanewise.model.network.KerasResNet50V2Provider,
      dev.lanewise.model.network.KerasVgg16Provider,
      dev.lanewise.model.network.OriginalKerasResNet50Provider,
      dev.lanewise.model.network.ResNet50Provider,
      dev.lanewise.model.network.ResNet50LinearStemProvider,
      dev.lanewise.model.network.ResNet50NarrowEndProvider,
      dev.lanewise.model.network.ResNet50UniformProvider,
      dev.lanewise.model.network.TimmResNet50DProvider,
      dev.lanewise.model.network.TimmSeResNet50Provider,
      dev.lanewise.model.network.TorchDenseNet121Provider,
      dev.lanewise.model.network.TorchEfficientNetB0Provider,
      dev.lanewise.model.network.TorchEfficientNetB1Provider,
      dev.lanewise.model.network.TorchEfficientNetB2Provider,
      dev.lanewise.model.network.TorchEfficientNetB3Provider,
      dev.lanewise.model.network.TorchMobileNetV2Provider,
      dev.lanewise.model.network.TorchMobileNetV3Provider,
      dev.lanewise.model.network.TorchResNeXt101Provider,
      dev.lanewise.model.network.TorchResNeXt50Provider,
      dev.lanewise.model.network.TorchResNet101Provider,
      dev.lanewise.model.network.TorchResNet152Provider,
      dev.lanewise.model.network.TorchResNet18Provider,
      dev.lanewise.model.network.TorchResNet34Provider,
      dev.lanewise.model.network.TorchResNet50Provider,
      dev.lanewise.model.network.TorchVgg16Provider,
      dev.lanewise.model.network.TorchVgg16BnProvider,
      dev.lanewise.model.network.TorchWideResNet101Provider,
      dev.lanewise.model.network.TorchWideResNet50Provider,
      dev.lanewise.model.network.WideResNet28Provider;
}
