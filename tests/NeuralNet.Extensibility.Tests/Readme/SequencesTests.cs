using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>Networks of sequences do what the guides say of them.</summary>
public sealed class SequencesTests
{
    [Fact]
    public void A_text_is_read_up_to_its_last_word()
    {
        Network<float> network = Sequences.Text();
        float[] words = new float[200];
        words[0] = 17;
        words[1] = 9999;
        float[] sample = network.Inputs.Join(("words", words), ("count", new float[] { 2 }));
        float[] predicted = network.Predict(sample);
        sample.AsSpan(2, 198).Fill(float.NaN);
        network.Predict(sample).Should().Equal(predicted);
    }

    [Fact]
    public void A_temporal_convolution_sees_fifteen_steps()
    {
        Network<float> network = Sequences.Temporal();
        float[] sequence = [.. Enumerable.Range(0, 128 * 4).Select(i => MathF.Sin(i))];
        float[] predicted = network.Predict(sequence);
        sequence[(112 * 4) + 3] = 100;
        network.Predict(sequence).Should().Equal(predicted, "step 112 is the sixteenth from the end");
        sequence[113 * 4] = 100;
        network.Predict(sequence).Should().NotEqual(predicted);
    }

    [Fact]
    public void A_stream_ends_where_its_sequence_does()
    {
        Network<float> network = Network.Create<float>(new FeatureShape(3, 2), seed: 1).Lstm(5).Dense(2).Build();
        float[] output = new float[2];
        Sequences.Stream(network, [[1, 2], [3, 4], [5, 6]], output);
        float[] expected = network.Predict([1f, 2, 3, 4, 5, 6]);
        output[0].Should().BeApproximately(expected[0], 1e-6f);
        output[1].Should().BeApproximately(expected[1], 1e-6f);
        Sequences.Build().OutputSize.Should().Be(10);
    }
}
