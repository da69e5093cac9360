using System.Text;
using NeuralNet.Activations;
using NeuralNet.Checkpoints;
using NeuralNet.Data;
using NeuralNet.Fuzz;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.PyTorch;
using NeuralNet.Serialization;
using NeuralNet.Tables;
using NeuralNet.Training;

namespace NeuralNet.Tests.Guards;

/// <summary>
/// Text from files and callers that a message, a log or a terminal must not pass on: commands to terminals, new lines,
/// turned writing, characters without a width, and text without end.
/// </summary>
public sealed class HostileTextTests
{
    private static readonly string _hostile =
        "\u001b[31m\u009b\r\nERROR\u202e\u2066\u200b\ufeff\u2028\ud800\0" + new string('x', 100_000);

    public static TheoryData<string> Readers { get; } = new(
        "model", "pipeline", "parameters", "state_dict", "checkpoint", "idx", "compressed idx", "csv", "csv text");

    [Theory]
    [MemberData(nameof(Readers))]
    public void The_name_of_a_file_is_shown_without_harm(string reader)
    {
        RequireHarmless(reader, _hostile);
        RequireHarmless(reader, _hostile[..50]);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("parameters")]
    public void The_name_of_a_file_with_NaN_is_shown_without_harm(string reader)
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(1).Build();
        network.Parameters[0].Values[0] = float.NaN;
        var stream = new MemoryStream();
        Action read;
        if (reader == "model")
        {
            network.Save(stream);
            read = () => Network.Load<float>(stream, name: _hostile);
        }
        else
        {
            network.SaveParameters(stream);
            read = () => network.LoadParameters(stream, _hostile);
        }

        stream.Position = 0;
        InvalidDataException exception = read.Should().Throw<InvalidDataException>().Which;
        exception.Message.Should().Contain("predicts nothing");
        MessageCheck.Fault(exception).Should().BeNull();
    }

    [Fact]
    public void A_part_that_is_not_there_is_told_without_harm_and_not_with_the_names_of_all_that_are()
    {
        NetworkBuilder<float> builder = Network.Create<float>(1, seed: 1);
        for (int i = 0; i < 1000; i++)
        {
            builder.Dense(1);
        }

        Network<float> network = builder.Build();
        foreach (Action action in new Action[] { () => network.Layer(_hostile), () => network.Parameter(_hostile) })
        {
            MessageCheck.Fault(action.Should().Throw<KeyNotFoundException>().Which).Should().BeNull();
        }
    }

    [Fact]
    public void Whatever_text_is_printed_is_printed_without_harm()
    {
        string hostile = _hostile.Replace("\ud800", "", StringComparison.Ordinal);
        string[] printed =
        [
            new InputColumn(hostile).ToString(),
            new InputColumn(hostile, new LabelEncoder([hostile, "b"])).ToString(),
            new LabelEncoder([hostile]).ToString(),
            new CsvTableTexts(hostile).Message,
        ];
        printed.Should().OnlyContain(text => MessageCheck.Fault(new ArithmeticException(text)) == null);
    }

    [Fact]
    public void What_does_not_fit_is_told_without_harm()
    {
        var encoder = new LabelEncoder(["a", _hostile]);
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(2).Build();
        Action[] actions =
        [
            () => encoder.Encode(_hostile + "b"),
            () => _ = new LabelEncoder([_hostile, _hostile]),
            () => Pipeline.Create(network, columns: [new(_hostile), new(_hostile)]),
            () => network.LoadStateDict(
                new MemoryStream(), modules: new Dictionary<string, string> { [_hostile] = _hostile }),
        ];
        foreach (Action action in actions)
        {
            MessageCheck.Fault(action.Should().Throw<Exception>().Which).Should().BeNull();
        }
    }

    [Theory]
    [InlineData("a\u001b[31m")]
    [InlineData("a\nb")]
    [InlineData("a\u202eb")]
    [InlineData("a\u200bb")]
    public void A_layer_has_a_name_that_can_be_shown(string name) =>
        FluentActions.Invoking(() => new NamedLayer(name)).Should().Throw<ArgumentException>()
            .WithMessage("*invisible character*");

    private static void RequireHarmless(string reader, string name)
    {
        byte[] damaged = reader == "compressed idx" ? [0x1F, 0x8B, 1, 2, 3] : [0xFF, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        var stream = new MemoryStream(damaged);
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(1).Build();
        Action read = reader switch
        {
            "model" => () => Network.Load<float>(stream, name: name),
            "pipeline" => () => Pipeline.Load<float>(stream, name: name),
            "parameters" => () => network.LoadParameters(stream, name),
            "state_dict" => () => network.LoadStateDict(stream, name: name),
            "checkpoint" => () => CheckpointFile.Read(
                stream,
                name,
                new Trainer<float>(network, new MeanSquaredError(), new Adam(), 1, threads: 1).State,
                isNewRun: false),
            "csv" => () => Table.Read(
                new MemoryStream([0xFF, 0xFE, 0, 0xFF]), new() { Encoding = new UTF8Encoding(false, true) }, name),
            "csv text" => () => Table.Read(new StringReader("a,b\n1,2,3\n"), name: name),
            _ => () => IdxReader.Read(stream, name),
        };

        MessageCheck.Fault(read.Should().Throw<InvalidDataException>().Which).Should().BeNull();
    }

    private sealed class NamedLayer(string kind) : UnusedLayer<float>(kind, 1, 1, new Identity());

    /// <summary>The message of a table about a column that it does not have.</summary>
    private sealed class CsvTableTexts(string name)
    {
        public string Message
        {
            get
            {
                Table table = Table.Read(
                    new StringReader($"\"{name.Replace("\0", "", StringComparison.Ordinal)}\",b\n1,2\n"), name: name);
                try
                {
                    _ = table[name + "c"];
                    return "";
                }
                catch (ArgumentException exception)
                {
                    return exception.Message;
                }
            }
        }
    }
}
