using System.Globalization;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Text;
using NeuralNet.Training;

// Learns to write like a text file, character by character:
//     dotnet run -c Release --project samples/TextGenerator -- FILE [EPOCHS] [TEMPERATURE]
if (args.Length is 0 or > 3
    || !int.TryParse(args.ElementAtOrDefault(1) ?? "5", CultureInfo.InvariantCulture, out int epochs)
    || !double.TryParse(args.ElementAtOrDefault(2) ?? "0.7", CultureInfo.InvariantCulture, out double temperature))
{
    Console.Error.WriteLine("TextGenerator FILE [EPOCHS] [TEMPERATURE]");
    return 2;
}

const int steps = 40;
string text = File.ReadAllText(args[0]);
CharacterVocabulary vocabulary = CharacterVocabulary.Fit(text);
int[] numbers = vocabulary.Encode(text);
DataSet<float> windows = TextWindows.NextSymbol<float>(numbers, steps, vocabulary.Count, stride: 3);
Console.WriteLine($"{numbers.Length:N0} characters, {vocabulary.Symbols.Count} different; {windows.Count:N0} windows");

Network<float> network = CreateNetwork(vocabulary.Count);
var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.002));
string start = vocabulary.Decode(numbers.AsSpan(0, steps));
for (int epoch = 1; epoch <= epochs; epoch++)
{
    double loss = trainer.Fit(windows, new FitOptions<float> { Epochs = 1, BatchSize = 128 }).Epochs[^1].Loss;
    Console.WriteLine($"\nepoch {epoch}, loss {loss:F3}: {start}");
    Console.WriteLine(network.Generate(vocabulary, start, length: 300, new SymbolSampler(seed: epoch, temperature)));
}

return 0;

static Network<float> CreateNetwork(int characters) => Network.Create<float>(steps, seed: 1)
    .Embedding(characters, 32)
    .Lstm(128)
    .Dense(characters)
    .Build();
