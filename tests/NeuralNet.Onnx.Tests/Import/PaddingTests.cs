using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Zeros that are added along any axes, and places that are cut off.</summary>
public sealed class PaddingTests
{
    private static readonly float[] _image = [.. Enumerable.Range(1, 12).Select(i => (float)i)];

    [Fact]
    public void Places_are_cut_off() =>
        Of([0, 0, 0, -1, 0, 0, -1, 0]).Should().Equal(2, 3, 8, 9);

    [Fact]
    public void Channels_of_zeros_are_added() =>
        Of([0, 1, 0, 0, 0, 0, 0, 0]).Should().Equal([.. new float[6], .. _image]);

    [Fact]
    public void Zeros_are_added_on_one_side_and_places_cut_off_on_the_other() =>
        Of([0, 0, 0, 1, 0, 0, 0, -2]).Should().Equal(0, 1, 0, 4, 0, 7, 0, 10);

    [Fact]
    public void Sequences_get_steps_of_zeros()
    {
        var text = new GraphText([2, 2], "y = Pad(x, p)").Integers("p", 0, 0, 1, 0, 0, 0);
        Network.LoadOnnx<float>(new MemoryStream(text.Bytes())).Predict([1, 2, 3, 4])
            .Should().Equal(0, 1, 2, 0, 3, 4);
    }

    // Of an image of two channels, two rows and three columns.
    private static float[] Of(long[] pads)
    {
        var text = new GraphText([2, 2, 3], "y = Pad(x, p)").Integers("p", pads);
        return Network.LoadOnnx<float>(new MemoryStream(text.Bytes())).Predict(_image);
    }
}
