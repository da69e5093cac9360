using System.Text;
using NeuralNet.Samples.Digits.Images;

namespace NeuralNet.Samples.Tests;

public class PgmDecoderTests
{
    [Fact]
    public void Plain_and_raw_images_of_one_and_two_bytes_are_read()
    {
        float[] expected = [0, 0.25f, 0.5f, 0.75f, 1, 0];

        Decode("P2\n# a comment\n3 2 # another\n4\n0 1 2\n3 4 0\n").Should().Equal(expected);
        Decode("P2 3 2 4 0 1 2 3 4 0").Should().Equal(expected);
        Decode("P5\n3 2\n4\n", 0, 1, 2, 3, 4, 0).Should().Equal(expected);
        Decode("P5\n#x\n3 2\n1024\n", 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 0, 0).Should().Equal(expected);
        Decode("P5 1 1 255\n", 10).Should().Equal([10f / 255], "a pixel may look like white space");
    }

    [Theory]
    [InlineData("P2", "its width")]
    [InlineData("P2 3", "its height")]
    [InlineData("P2 3 2 70000 ", "its largest grey")]
    [InlineData("P2 1 1 0 0", "its largest grey is 0")]
    [InlineData("P2 0 2 255 ", "0 x 2 pixels")]
    [InlineData("P2 99999 99999 255 ", "99999 x 99999 pixels")]
    [InlineData("P2 99999999999 1 255 ", "its width")]
    [InlineData("P2 2 1 255 7", "its pixel")]
    [InlineData("P2 2 1 255 7 256", "its pixel")]
    [InlineData("P2 2 1 255 7 x", "its pixel")]
    [InlineData("P5 2 1 255 7", "expected 2 bytes of pixels, but there are 1")]
    [InlineData("P5 2 1 255", "expected 2 bytes of pixels, but there are 0")]
    public void A_damaged_image_is_refused_by_what_is_wrong(string file, string says) =>
        FluentActions.Invoking(() => Decode(file)).Should().Throw<InvalidDataException>().WithMessage($"*{says}*");

    private static float[] Decode(string header, params byte[] pixels) =>
        ImageFile.Decode([.. Encoding.ASCII.GetBytes(header), .. pixels]).Pixels;
}
