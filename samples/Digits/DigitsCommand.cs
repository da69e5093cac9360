using System.CommandLine;
using System.CommandLine.Parsing;

namespace NeuralNet.Samples.Digits;

/// <summary>The command line: training, which is the default command, and the commands for a trained network.</summary>
internal sealed class DigitsCommand : RootCommand
{
    private readonly TrainArguments _defaultTraining = new();
    private readonly TrainArguments _training = new();
    private readonly EvaluateArguments _evaluation = new();
    private readonly PredictArguments _prediction = new();
    private readonly ExportArguments _export = new();

    public DigitsCommand()
        : base("Trains a network to read handwritten digits and says how well it does on digits it has never seen.")
    {
        // RunAsync does the work; the action only makes a command line without a command valid.
        SetAction(_ => ExitCode.Success);
        _defaultTraining.AddTo(this);
        _training.AddTo(Add("train", "Trains a network. This is the default command."));
        _evaluation.AddTo(Add("evaluate", "Tests a network that was trained and saved before."));
        _prediction.AddTo(
            Add("predict", "Reads the digit in an image with a network that was trained and saved before."));
        _export.AddTo(Add("export", "Writes a network that was trained and saved before for other programs."));
    }

    /// <summary>Runs the command of a command line without errors.</summary>
    /// <exception cref="SampleException">Something the user can put right.</exception>
    public Task RunAsync(ParseResult arguments, SampleEnvironment environment, CancellationToken cancellationToken)
    {
        RequireNothingMisplaced(arguments);
        return arguments.CommandResult.Command.Name switch
        {
            "evaluate" => Evaluating.RunAsync(_evaluation.Bind(arguments), environment, cancellationToken),
            "predict" => Task.Run(() => Predicting.Run(_prediction.Bind(arguments), environment), cancellationToken),
            "export" => Task.Run(() => Exporting.Run(_export.Bind(arguments), environment), cancellationToken),
            _ => Training.RunAsync(BindTraining(arguments), environment, cancellationToken),
        };
    }

    /// <summary>Reads the options of training out of a command line without errors.</summary>
    /// <exception cref="SampleException">Options do not go together.</exception>
    public TrainOptions BindTraining(ParseResult arguments) =>
        (arguments.CommandResult.Command == this ? _defaultTraining : _training).Bind(arguments);

    private Command Add(string name, string description)
    {
        var command = new Command(name, description);
        Subcommands.Add(command);
        return command;
    }

    /// <summary>Refuses an option before the command, which would silently be an option of training.</summary>
    private void RequireNothingMisplaced(ParseResult arguments)
    {
        Command command = arguments.CommandResult.Command;
        if (command != this
            && arguments.RootCommandResult.Children.OfType<OptionResult>().FirstOrDefault(option => !option.Implicit)
                is { } misplaced)
        {
            throw new SampleException(
                $"{misplaced.Option.Name} is before '{command.Name}'; put options after the command.");
        }
    }
}
