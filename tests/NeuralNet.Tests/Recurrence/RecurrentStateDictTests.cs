using System.Buffers.Binary;
using System.Text.Json;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.PyTorch;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Recurrence;

/// <summary>
/// PyTorch's recurrent modules hold several layers and both directions: they are loaded, and saved under its names.
/// </summary>
public sealed class RecurrentStateDictTests
{
    private static readonly Dictionary<string, Case> _cases =
        ReferenceFile.Read<Dictionary<string, Case>>("recurrent_state");

    public static TheoryData<string> Cases { get; } = new(_cases.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_of_PyTorch_predicts_here_what_it_predicts_there(string name)
    {
        Case of = _cases[name];
        Network<double> network = Build(name);
        network.LoadStateDict(new MemoryStream(Convert.FromBase64String(of.File)));
        foreach ((int i, double[] sample) in of.Inputs.Index())
        {
            double[] predicted = network.Predict(sample);
            for (int o = 0; o < predicted.Length; o++)
            {
                predicted[o].Should().BeApproximately(of.FinalOutputs[i][o], 1e-12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_saved_has_the_tensors_of_PyTorch(string name)
    {
        byte[] file = Convert.FromBase64String(_cases[name].File);
        Network<double> network = Build(name);
        network.LoadStateDict(new MemoryStream(file));
        string module = name.Split(' ', ',')[0].ToLowerInvariant();
        Dictionary<string, string> modules = [];
        foreach (string layer in network.Parameters.Select(parameter => parameter.Layer.Name).Distinct())
        {
            modules.Add(
                layer,
                layer == "dense1" ? "linear"
                : module != "lstm" ? module
                : $"lstm.l{layer[8] - '1'}{(layer.Contains("2.lstm", StringComparison.Ordinal) ? "_reverse" : "")}");
        }

        using var saved = new MemoryStream();
        network.SaveStateDict(saved, modules);
        TensorsOf(saved.ToArray()).Should().BeEquivalentTo(TensorsOf(file));

        Network<double> again = Build(name);
        saved.Position = 0;
        again.LoadStateDict(saved);
        again.Parameters.Should().AllSatisfy(
            parameter => parameter.Values.ToArray().Should().Equal(network.Parameter(parameter.Name).Values.ToArray()));
    }

    [Fact]
    public void Gates_tell_an_LSTM_from_a_GRU() =>
        Network.Create<double>(new FeatureShape(5, 3), seed: 1).Gru(4).Dense(2).Build()
            .Invoking(gru => gru.LoadStateDict(new MemoryStream(Convert.FromBase64String(_cases["RNN, F64"].File))))
            .Should().Throw<InvalidDataException>().WithMessage("*GRU*");

    [Fact]
    public void A_GRU_that_resets_first_is_none_that_PyTorch_has() =>
        Network.Create<double>(new FeatureShape(5, 3), seed: 1).Gru(4, resetAfter: false).Dense(2).Build()
            .Invoking(gru => gru.LoadStateDict(new MemoryStream(Convert.FromBase64String(_cases["GRU, F64"].File))))
            .Should().Throw<InvalidDataException>().WithMessage("*gru1*not one that PyTorch has*");

    private static Network<double> Build(string name)
    {
        NetworkBuilder<double> builder = Network.Create<double>(new FeatureShape(5, 3), seed: 1);
        return (name[..3] switch
        {
            "LST" => builder.Lstm(4, returnSteps: true, bidirectional: true).Lstm(4, bidirectional: true),
            "GRU" => builder.Gru(4, options: new() { HasBiases = !name.Contains("without", StringComparison.Ordinal) }),
            _ => builder.SimpleRecurrent(4),
        }).Dense(2).Build();
    }

    private static List<string> TensorsOf(byte[] file)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, length));
        return
        [
            .. header.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__").Select(tensor =>
                $"{tensor.Name} {tensor.Value.GetProperty("shape")}"),
        ];
    }

    private sealed record Case(string File, double[][] Inputs, double[][] FinalOutputs);
}
