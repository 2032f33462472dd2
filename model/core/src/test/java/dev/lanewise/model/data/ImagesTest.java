package dev.lanewise.model.data;

import static dev.lanewise.model.data.ChannelsTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
  @TempDir Path folder;

  @Test
  void pngKeepsItsPixels() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0102);
    image.setRGB(2, 1, 0x0A80FE);
    byte[] pixels = Images.load(write(image, "png"), ImageShape.rgb(2, 3));
    assertThat(pixels).hasSize(18).startsWith(255, 1, 2).endsWith(10, 128, 254);
  }

  @Test
  void imagesOfTooManyPixelsAreRefusedByTheirSizeAlone() {
    Path file = write(new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY), "png");
    System.setProperty(Images.MOST_PIXELS, "599");
    try {
      assertThatThrownBy(() -> Images.load(file, ImageShape.rgb(1, 1)))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "image %s is too large: 30 x 20 pixels, and at most 599 are read (--max-pixels, or"
                  + " the system property lanewise.image.maxPixels)",
              file);
      System.setProperty(Images.MOST_PIXELS, "600");
      assertThat(Images.load(file, ImageShape.rgb(1, 1))).hasSize(3);
    } finally {
      System.clearProperty(Images.MOST_PIXELS);
    }
  }

  @Test
  void greyIsTakenAsItIs() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 100);
    assertThat(Images.load(write(image, "png"), ImageShape.rgb(1, 1)))
        .containsExactly(100, 100, 100);
  }

  @Test
  void sixteenBitsAreRounded() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 100 * 257 + 128);
    image.getRaster().setSample(1, 0, 0, 100 * 257 + 129);
    assertThat(Images.load(write(image, "png"), ImageShape.rgb(1, 2)))
        .containsExactly(100, 100, 100, 101, 101, 101);
  }

  @Test
  void sixteenBitColourIsRounded() {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {257, 514, 65535});
    Path file = write(new BufferedImage(model, raster, false, null), "png");
    assertThat(Images.load(file, ImageShape.rgb(1, 1))).containsExactly(1, 2, 255);
  }

  @Test
  void indexedColoursAreLookedUp() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(0, 0, 0xFFFF0000);
    image.setRGB(1, 0, 0xFF0000FF);
    assertThat(Images.load(write(image, "png"), ImageShape.rgb(1, 2)))
        .containsExactly(255, 0, 0, 0, 0, 255);
  }

  @Test
  void transparentPixelsLieOverWhite() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0xFF204060);
    image.setRGB(2, 0, 0x80000000);
    byte[] expected = {-1, -1, -1, 32, 64, 96, 127, 127, 127};
    assertThat(Images.load(write(image, "png"), ImageShape.rgb(1, 3))).containsExactly(expected);
    assertThat(Images.toBytes(image, ImageShape.rgb(1, 3))).containsExactly(expected);
  }

  @Test
  void premultipliedAlphaLiesOverWhiteToo() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR_PRE);
    image.setRGB(0, 0, 0x80FF0000);
    assertThat(Images.toBytes(image, ImageShape.rgb(1, 1))).containsExactly(255, 127, 127);
  }

  @Test
  void colourBecomesGreyAndGreyStaysAsItIs() throws IOException {
    BufferedImage colours = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    colours.setRGB(0, 0, 0xFF0000);
    colours.setRGB(1, 0, 0x010203);
    colours.setRGB(2, 0, 0xC86432);
    assertThat(numbers(Images.load(write(colours, "png"), new ImageShape(1, 3, 1))))
        .containsExactly(76, 2, 124);
    BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 100, 255});
    assertThat(numbers(Images.load(write(grey, "png"), new ImageShape(1, 3, 1))))
        .containsExactly(0, 100, 255);
  }

  @Test
  void alphaIsKeptWhereItIsAskedFor() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80204060);
    image.setRGB(1, 0, 0x00FF0000);
    assertThat(numbers(Images.load(write(image, "png"), new ImageShape(1, 2, 4))))
        .containsExactly(0x20, 0x40, 0x60, 0x80, 255, 0, 0, 0);
    BufferedImage opaque = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    opaque.setRGB(0, 0, 0x010203);
    assertThat(numbers(Images.toBytes(opaque, new ImageShape(1, 1, 4))))
        .containsExactly(1, 2, 3, 255);
    BufferedImage faint = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    faint.setRGB(0, 0, 0x33000000);
    assertThat(numbers(Images.toBytes(faint, new ImageShape(1, 1, 1)))).containsExactly(204);
  }

  @Test
  void otherChannelsAreRefused() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> Images.toBytes(image, new ImageShape(1, 1, 2)))
        .isInstanceOf(DataException.class)
        .hasMessage("reading images requires 1 channel (grey), 3 (RGB) or 4 (RGBA), got 2");
  }

  @Test
  void aPartOfAnImageIsReadFromItsCorner() {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(2, 1, 0x010203);
    assertThat(Images.toBytes(image.getSubimage(2, 1, 1, 1), ImageShape.rgb(1, 1)))
        .containsExactly(1, 2, 3);
  }

  @Test
  void missingFileIsNamed() {
    Path file = folder.resolve("none.png");
    assertThatThrownBy(() -> Images.load(file, ImageShape.rgb(8, 8)))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no image " + file);
  }

  @Test
  void folderIsNoImage() {
    assertThatThrownBy(() -> Images.load(folder, ImageShape.rgb(8, 8)))
        .isInstanceOf(DataException.class)
        .hasMessage("image " + folder + " is not a file");
  }

  @Test
  void foreignAndEmptyFilesAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("text.png"), "hello");
    assertThatThrownBy(() -> Images.load(file, ImageShape.rgb(8, 8)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "image " + file + " cannot be decoded: requires a JPEG or PNG, got something else");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> Images.load(file, ImageShape.rgb(8, 8)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("got an empty file");
  }

  @Test
  void truncatedImagesAreRefused() throws IOException {
    BufferedImage image = striped();
    for (String format : new String[] {"png", "jpg"}) {
      byte[] whole = Files.readAllBytes(write(image, format));
      for (int part = 1; part < 10; part++) {
        Path file = folder.resolve("cut." + format);
        Files.write(file, Arrays.copyOf(whole, whole.length * part / 10));
        assertThatThrownBy(() -> Images.load(file, ImageShape.rgb(8, 8)))
            .as("%d tenths of a %s", part, format)
            .isInstanceOf(DataException.class)
            .hasMessageContaining(file.toString());
      }
    }
  }

  @Test
  void cutJpegAndDamagedJpegAreToldApart() throws IOException {
    byte[] whole = Files.readAllBytes(write(striped(), "jpg"));
    Path file = folder.resolve("a.jpg");
    Files.write(file, Arrays.copyOf(whole, whole.length - 40));
    assertThatThrownBy(() -> Images.load(file, ImageShape.rgb(8, 8)))
        .hasMessage("image " + file + " is truncated");
    byte[] damaged = whole.clone();
    // A marker in the middle of the data, which ends there for the decoder.
    int at = whole.length - 200;
    damaged[at] = (byte) 0xff;
    damaged[at + 1] = (byte) 0xd9;
    Files.write(file, damaged);
    assertThatThrownBy(() -> Images.load(file, ImageShape.rgb(8, 8)))
        .hasMessage("image " + file + " is damaged: some of its data are missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "bmp", "tiff"})
  void otherKindsAreRefused(String format) throws IOException {
    byte[] image = Files.readAllBytes(write(striped(), format));
    assertThat(Images.isReadable(image)).isFalse();
    assertThatThrownBy(() -> Images.decode("a", image, ImageShape.rgb(8, 8)))
        .hasMessage("image a cannot be decoded: requires a JPEG or PNG, got something else");
  }

  @Test
  void severalSizesAreThoseOfOneByOne() throws IOException {
    Path file = write(striped(), "png");
    List<ImageShape> shapes = List.of(ImageShape.rgb(8, 9), new ImageShape(50, 60, 1));
    List<byte[]> both = Images.load(file, shapes);
    assertThat(both.get(0)).isEqualTo(Images.load(file, shapes.get(0)));
    assertThat(both.get(1)).isEqualTo(Images.load(file, shapes.get(1)));
  }

  private static BufferedImage striped() {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1600; i++) {
      image.setRGB(i % 40, i / 40, i * 2654435);
    }
    return image;
  }

  @Test
  void inksOfCmykTakeLightAway() throws IOException {
    Path file = folder.resolve("cmyk.jpg");
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, new Point());
    for (int i = 0; i < 256; i++) {
      // Such files hold inks inverted: this is 0, 55, 155 and 51 of black.
      raster.setPixel(i % 16, i / 16, new int[] {255, 200, 100, 204});
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(stream);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    byte[] pixel = Images.load(file, ImageShape.rgb(1, 1));
    assertThat(pixel[0] & 255).isCloseTo(204, within(3));
    assertThat(pixel[1] & 255).isCloseTo(160, within(3));
    assertThat(pixel[2] & 255).isCloseTo(80, within(3));
  }

  private Path write(BufferedImage image, String format) {
    try {
      Path file = Files.createTempFile(folder, "image", "." + format);
      assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
