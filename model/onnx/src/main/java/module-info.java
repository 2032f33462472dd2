/** The messages of ONNX files, generated from their protocol buffers. */
module dev.lanewise.onnx {
  exports dev.lanewise.onnx;

  requires transitive com.google.protobuf;
}
