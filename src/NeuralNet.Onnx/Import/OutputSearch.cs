using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Values;

namespace NeuralNet.Onnx.Import;

/// <summary>
/// Finds out which outputs of a model a network can compute, and which of them it is meant to end in.
/// </summary>
internal sealed class OutputSearch
{
    /// <summary>The most outputs that are looked at, each of which takes a way through the graph.</summary>
    private const int MostOutputs = 32;

    private readonly GraphReader _reader;
    private readonly string _file;

    /// <summary>Looks at every output by itself.</summary>
    /// <param name="reader">The graph of the model.</param>
    /// <param name="length">The number of bytes of the file.</param>
    /// <param name="file">The file, for messages.</param>
    public OutputSearch(GraphReader reader, int length, string file)
    {
        _reader = reader;
        _file = file;
        Outputs =
        [
            .. reader.Outputs.Select((output, i) => i < MostOutputs ? Look(output.Name, length) : Unseen(output.Name)),
        ];
    }

    /// <summary>The outputs in the order of the file.</summary>
    public IReadOnlyList<FoundOutput> Outputs { get; }

    /// <summary>The outputs that the network ends in, of a model that nobody has chosen them of.</summary>
    /// <exception cref="NotSupportedException">There is none, or it is not clear which one is meant.</exception>
    /// <exception cref="InvalidDataException">The only output makes no sense.</exception>
    public IReadOnlyList<string> Choose()
    {
        if (AgentOutputs.Choose(Outputs) is { } actions)
        {
            return actions;
        }

        FoundOutput[] computed = [.. Outputs.Where(output => output.Kind == OutputState.Computed)];
        FoundOutput[] failed = [.. Outputs.Where(output => output.Kind == OutputState.Failed)];
        FoundOutput[] decided = [.. Outputs.Where(output => output.Kind == OutputState.Decided)];
        FoundOutput[] left = [.. Ends(computed.Length > 0 || failed.Length > 0 ? computed : decided)];
        if (failed is [{ } only] && left.Length == 0)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(only.Failure!);
        }

        return failed.Length == 0 && left is [{ } output]
            ? [output.Name]
            : throw new NotSupportedException(left.Length + failed.Length == 0
                ? $"'{_file}': its outputs {Names(Outputs)} are constants or inputs; there is nothing to compute."
                : $"'{_file}' has the outputs {Names([.. Outputs.Where(Counts)])}: say in "
                + $"{nameof(OnnxImportOptions)}.{nameof(OnnxImportOptions.OutputNames)} which the network ends in."
                + string.Concat(failed.Take(3).Select(one =>
                    $" Of {MessageText.Quoted(one.Name)}: {one.Failure!.Message}")));

        bool Counts(FoundOutput one) => left.Contains(one) || failed.Contains(one);
    }

    // An output that another one is computed from is no end of the network.
    private IEnumerable<FoundOutput> Ends(FoundOutput[] outputs)
    {
        ModelGraph[] graphs = [.. outputs.Select(output => _reader.GraphOf([output.Name]))];
        for (int i = 0; i < outputs.Length; i++)
        {
            string origin = Origin(outputs[i].Name);
            bool isEnd = true;
            for (int j = 0; j < outputs.Length && isEnd; j++)
            {
                isEnd = j == i || (Origin(outputs[j].Name) == origin
                    ? i < j
                    : !graphs[j].IsNeeded(origin));
            }

            if (isEnd)
            {
                yield return outputs[i];
            }
        }
    }

    private FoundOutput Unseen(string name) => new(name, OutputState.Failed)
    {
        Failure = new NotSupportedException($"'{_file}': only its first {MostOutputs} outputs are looked at."),
    };

    // The name under which a value was computed first.
    private string Origin(string name)
    {
        while (_reader.Nodes.FirstOrDefault(node => node.Outputs.Contains(name))
            is { Operation: "Identity" or "Cast", Inputs.Count: 1 } node)
        {
            name = node.Inputs[0];
        }

        return name;
    }

    private FoundOutput Look(string name, int length)
    {
        if (_reader.Constant(name) is not null)
        {
            return new(name, OutputState.Constant);
        }

        if (_reader.Inputs.Any(input => input.Name == Origin(name)))
        {
            return new(name, OutputState.PassedOn);
        }

        try
        {
            if (!_reader.Gives(name))
            {
                throw new InvalidDataException(
                    $"'{_file}' is damaged: there is no value {MessageText.Quoted(name)}, which its graph ends in.");
            }

            var graph = ImportedGraph<float>.Read(_reader, [name], length, isChannelsLast: false, _file);
            return graph.Values[0] switch
            {
                SampleValue<float> value => new(name, OutputState.Computed) { Shape = value.Layout.ToString() },
                DecisionValue<float> { Basis.IsInput: true } => throw graph.Graph.Refuse(
                    $"its output {MessageText.Quoted(name)} is decided from an input; there is nothing to compute"),
                DecisionValue<float> decision => new(name, OutputState.Decided)
                {
                    Shape = decision.Basis.Layout.ToString(),
                    Basis = decision.Origin,
                },
                _ => new(name, OutputState.Constant),
            };
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidDataException)
        {
            return new(name, OutputState.Failed) { Failure = exception };
        }
    }

    private static string Names(IReadOnlyList<FoundOutput> outputs)
    {
        const int Most = 8;
        return string.Join(", ", outputs.Take(Most).Select(one =>
            MessageText.Quoted(one.Name) + (one.Shape is null ? "" : $" ({one.Shape})")))
            + (outputs.Count > Most ? $" and {outputs.Count - Most} more" : "");
    }
}
