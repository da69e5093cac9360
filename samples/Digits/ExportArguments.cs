using System.CommandLine;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Samples.Digits;

/// <summary>The options of writing a trained network for other programs.</summary>
internal sealed class ExportArguments
{
    private readonly Option<string> _model = OptionKinds.RequiredFile("--model", "File that --save wrote.");

    private readonly Option<string?> _onnx =
        OptionKinds.OptionalName("--onnx", "File to write an ONNX model to, which gives probabilities.");

    private readonly Option<string?> _safetensors = OptionKinds.OptionalName(
        "--safetensors", "File to write the parameters alone to, as safetensors in 32 bits.");

    /// <summary>Adds these options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_onnx);
        command.Options.Add(_safetensors);
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    /// <exception cref="SampleException">There is nothing to write.</exception>
    public ExportOptions Bind(ParseResult arguments)
    {
        var options = new ExportOptions
        {
            Model = arguments.GetRequiredValue(_model),
            Onnx = arguments.GetValue(_onnx),
            Safetensors = arguments.GetValue(_safetensors),
        };
        return options.Onnx is null && options.Safetensors is null
            ? throw new SampleException("export needs --onnx FILE, --safetensors FILE or both.")
            : options;
    }
}
