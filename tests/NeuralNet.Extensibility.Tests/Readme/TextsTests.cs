using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>Networks of text do what the guides say of them.</summary>
public sealed class TextsTests
{
    [Fact]
    public void A_text_is_continued_and_its_file_holds_the_vocabulary()
    {
        string text = string.Concat(Enumerable.Repeat("she sells sea shells by the sea shore; ", 6));
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Texts.Write(path, epochs: 1).Should().HaveLength(300).And.MatchRegex("^[a-y ;]+$");
            Pipeline.Load<float>("writer.safetensors").Vocabulary!.Encode(text).Should().HaveCount(text.Length);
        }
        finally
        {
            File.Delete(path);
            File.Delete("writer.safetensors");
        }
    }

    [Fact]
    public void Texts_are_classified_by_their_words()
    {
        string[] reviews = ["A good film.", "a bad film", "Good, good!", "bad bad bad"];
        (Network<float> network, DataSet<float> data, IReadOnlyList<int> lengths) = Texts.Read(reviews, [1, 0, 1, 0]);
        lengths.Should().Equal(4, 3, 4, 3);
        data.InputSize.Should().Be(200);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(0.01));
        trainer.Fit(data, new FitOptions<float> { Epochs = 60 }).Epochs[^1].Loss.Should().BeLessThan(0.1);
    }
}
