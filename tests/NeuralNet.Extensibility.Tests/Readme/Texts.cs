using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;
using NeuralNet.Text;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guides on text.</summary>
internal static class Texts
{
    public static string Write(string path, int epochs)
    {
        string text = File.ReadAllText(path);
        CharacterVocabulary vocabulary = CharacterVocabulary.Fit(text);
        Network<float> network = Network.Create<float>(40, seed: 1)         // 40 characters
            .Embedding(vocabulary.Count, 16)
            .Convolution(64, kernelSize: 5, stride: 2, activation: new ReLU())
            .Dense(128, new ReLU())
            .Dense(vocabulary.Count)                                        // the logits of the next one
            .Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(0.002));
        trainer.Fit(
            TextWindows.NextSymbol<float>(vocabulary.Encode(text), steps: 40, vocabulary.Count),
            new FitOptions<float> { Epochs = epochs });
        Pipeline.Create(network, vocabulary: vocabulary).Save("writer.safetensors");
        string more = network.Generate(vocabulary, text, length: 300, new SymbolSampler(seed: 1, temperature: 0.7));
        return more;
    }

    public static (Network<float> Network, DataSet<float> Data, IReadOnlyList<int> Lengths) Read(
        IReadOnlyList<string> reviews, int[] isGood)
    {
        WordVocabulary vocabulary = WordVocabulary.Fit(reviews, most: 5_000);
        Network<float> network = Network.Create<float>(200, seed: 1)
            .Embedding(vocabulary.Count, 32)
            .PerStep(word => word.Dense(32, new ReLU()))
            .AttentionPooling()
            .Dense(2)
            .Build();
        EncodedTexts<float> encoded = vocabulary.Encode<float>(reviews, steps: 200);    // with the lengths
        DataSet<float> data = DataSet.FromLabels(encoded.Numbers, isGood, classes: 2);
        return (network, data, encoded.Lengths);
    }
}
