using System.CommandLine;

namespace NeuralNet.Samples.Digits;

/// <summary>The options of testing a trained network.</summary>
internal sealed class EvaluateArguments
{
    private readonly ModelArguments _model = new();
    private readonly DataArguments _data = new();

    /// <summary>Adds these options to a command.</summary>
    public void AddTo(Command command)
    {
        _model.AddTo(command);
        _data.AddTo(command);
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    public EvaluateOptions Bind(ParseResult arguments) =>
        new() { Model = _model.Bind(arguments), Source = _data.Bind(arguments) };
}
