using NeuralNet.Activations;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;
using NeuralNet.Text;
using NeuralNet.Training;

namespace NeuralNet.Tests.Text;

public sealed class TextGenerationTests
{
    private const string Nursery = "one two three four five six seven eight nine ten ";

    [Fact]
    public void A_network_that_has_learned_a_text_goes_on_with_it_and_so_does_one_from_a_file()
    {
        string text = string.Concat(Enumerable.Repeat(Nursery, 12));
        CharacterVocabulary vocabulary = CharacterVocabulary.Fit(text);
        Network<float> network = Network.Create<float>(8, seed: 1)
            .Embedding(vocabulary.Count, 8).Dense(48, new ReLU()).Dense(vocabulary.Count).Build();
        new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(0.01)).Fit(
            TextWindows.NextSymbol<float>(vocabulary.Encode(text), 8, vocabulary.Count),
            new FitOptions<float> { Epochs = 25, BatchSize = 32 });
        string expected = Nursery + Nursery[..10];
        string Continue(Network<float> by, Vocabulary with, double temperature) =>
            by.Generate(with, Nursery, expected.Length, new SymbolSampler(seed: 1, temperature));
        Continue(network, vocabulary, temperature: 0).Should().Be(expected);

        using var file = new MemoryStream();
        Pipeline.Create(network, vocabulary: vocabulary).Save(file);
        file.Position = 0;
        Pipeline<float> loaded = Pipeline.Load<float>(file);
        string hot = Continue(network, vocabulary, temperature: 3);
        hot.Should().NotBe(expected, "at a high temperature it errs");
        Continue(loaded.Network, loaded.Vocabulary!, temperature: 3).Should().Be(hot, "the same seed, the same text");
    }

    [Fact]
    public void The_padding_and_the_unknown_symbol_are_never_drawn()
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.Fit("ab", hasUnknown: true);
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(4, biases: true).Build();
        network.Parameter("dense1.weights").Values.Clear();
        new double[] { 50, 50, 0, 0 }.CopyTo(network.Parameter("dense1.biases").Values);
        network.Generate(vocabulary, "ab", 60, new SymbolSampler(seed: 1))
            .Should().HaveLength(60).And.MatchRegex("^[ab]+$").And.Contain("a").And.Contain("b");
    }

    [Fact]
    public void Probabilities_are_taken_for_what_they_are_and_of_an_output_at_each_step_the_last_counts()
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.Fit("ab");
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(3, new Softmax()).Build();
        network.Parameter("dense1.weights").Values.Clear();
        new double[] { 0, Math.Log(9), 0 }.CopyTo(network.Parameter("dense1.biases").Values);
        string text = network.Generate(vocabulary, "ab", 2000, new SymbolSampler(seed: 1));
        ((double)text.Count(c => c == 'a')).Should().BeApproximately(1800, 5 * Math.Sqrt(2000 * 0.9 * 0.1));

        Network<double> each = Network.Create<double>(2, seed: 1).Dense(6).Build();
        each.Parameter("dense1.weights").Values.Clear();
        new double[] { 0, 9, 0, 0, 0, 99 }.CopyTo(each.Parameter("dense1.biases").Values);
        each.Generate(vocabulary, "ab", 3, new SymbolSampler(seed: 1)).Should().Be("bbb");
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_words()
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.Fit("ab");
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(3).Build();
        var sampler = new SymbolSampler(seed: 1);
        network.Invoking(n => n.Generate(vocabulary, "ab", 1, sampler))
            .Should().Throw<ArgumentException>().WithMessage("The network sees 4 symbols, but the start has 2*");
        network.Invoking(n => n.Generate(vocabulary, "abac", 1, sampler))
            .Should().Throw<ArgumentException>().WithMessage("The symbol 'c' at place 3*");
        network.Invoking(n => n.Generate(CharacterVocabulary.Fit("abc"), "abca", 1, sampler))
            .Should().Throw<ArgumentException>().WithMessage("The network gives 3 outputs, but the next of 4 symbols*");
        network.Invoking(n => n.Generate(vocabulary, "abab", -1, sampler))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("length must be at least 0*");
        network.Generate(vocabulary, "abab", 0, sampler).Should().BeEmpty();
    }

    [Fact]
    public void A_file_holds_network_vocabulary_and_classes_together()
    {
        WordVocabulary words = WordVocabulary.Fit(["good Film", "bad Film"], leastCount: 1, lowercase: false);
        Network<float> network = Network.Create<float>(3, seed: 1)
            .Embedding(words.Count, 4).GlobalAveragePooling().Dense(2).Build();
        var pipeline = Pipeline.Create(network, labels: new LabelEncoder(["no", "yes"]), vocabulary: words);
        using var file = new MemoryStream();
        pipeline.Save(file);
        file.Position = 0;
        Pipeline<float> loaded = Pipeline.Load<float>(file);
        WordVocabulary read = loaded.Vocabulary.Should().BeOfType<WordVocabulary>().Which;
        read.Symbols.Should().Equal(words.Symbols);
        read.Lowercase.Should().BeFalse();
        read.Unknown.Should().Be(1);
        EncodedTexts<float> texts = read.Encode<float>(["good Film", "a bad one"], steps: 3);
        loaded.Predict(texts.Numbers).AsColumnMajorArray().Should().Equal(
            pipeline.Predict(texts.Numbers).AsColumnMajorArray());
        file.Position = 0;
        FluentActions.Invoking(() => Network.Load<float>(file))
            .Should().Throw<InvalidDataException>().WithMessage("*Pipeline.Load*");
    }

    [Fact]
    public void A_vocabulary_of_more_symbols_than_the_network_has_categories_is_refused()
    {
        Network<float> network = Network.Create<float>(3, seed: 1).Embedding(4, 2).Dense(2).Build();
        FluentActions.Invoking(() => Pipeline.Create(network, vocabulary: CharacterVocabulary.Fit("abcd")))
            .Should().Throw<ArgumentException>().WithParameterName("vocabulary")
            .WithMessage("The vocabulary has the numbers from 0 to 4, but 'embedding1' takes those from 0 to 3*");
        Pipeline.Create(network, vocabulary: CharacterVocabulary.Fit("abc")).Vocabulary!.Count.Should().Be(4);
    }
}
