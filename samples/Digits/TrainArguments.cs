using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NeuralNet.Optimizers;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Samples.Digits;

/// <summary>The options of training, the values they accept, and their defaults.</summary>
internal sealed class TrainArguments
{
    // More than any machine has; a mistyped number must not take all memory.
    private const int MostThreads = 1024;

    private readonly DataArguments _data = new();

    private readonly Option<int?> _trainSamples = OptionKinds.OptionalWholeNumber(
        "--train-samples", "Train on the first N of the training samples only; all by default.");

    private readonly Option<int?> _validationSamples = OptionKinds.OptionalWholeNumber(
        "--validation-samples",
        "Hold the last N of the training samples out, train on none of them, and measure them after every epoch; a "
        + "sixth for --early-stopping unless given, else none.");

    private readonly Option<string> _network = OptionKinds.Choice(
        "--network",
        "The kind of network: dense layers alone, LeNet-5, or four convolutions with batch normalization; the last two "
        + "have dense layers behind their convolutions.",
        NetworkKind.All.Keys,
        "dense");

    private readonly Option<int[]> _hidden = new("--hidden")
    {
        Description = "Neurons of the hidden dense layers, such as 128 or 512,512. "
            + $"[default: {string.Join("; ", NetworkKind.All.Select(DescribeHidden))}]",
        HelpName = "N,N,...",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = ParseHidden,
    };

    private readonly Option<string> _activation = OptionKinds.Choice(
        "--activation",
        "Activation of the hidden layers.",
        ModelFactory.Activations.Keys,
        ModelFactory.DefaultActivation);

    private readonly Option<string?> _outputActivation = OptionKinds.OptionalChoice(
        "--output-activation",
        "Activation of the last layer; by default the one that suits the loss.",
        ModelFactory.OutputActivations.Keys);

    private readonly Option<string> _initialization = OptionKinds.Choice(
        "--init",
        "Initial parameters: what suits the activation (default), or weights by this rule and biases of 0; normal "
        + "draws weights and biases from N(0, 1).",
        ModelFactory.Initializations.Keys,
        "default");

    private readonly Option<double?> _dropout = OptionKinds.Number(
        "--dropout",
        "Share of the outputs of each hidden layer, and of convolutions after each pooling of --network convolution, "
        + "that is dropped at random while training, above 0 and below 1.",
        rate => rate is > 0 and < 1,
        "above 0 and below 1, such as 0.2");

    private readonly Option<bool> _augment = new("--augment")
    {
        Description = "Shift, turn and scale the training images a little, differently in every epoch.",
    };

    private readonly Option<int> _epochs = OptionKinds.Count(
        "--epochs", "Number of passes over the training samples.", 5);

    private readonly Option<int> _batchSize = OptionKinds.Count("--batch-size", "Samples per step.", 64);

    private readonly Option<string> _optimizer = OptionKinds.Choice(
        "--optimizer", "The rule that updates the parameters.", ModelFactory.Optimizers.Keys, "adam");

    private readonly Option<double?> _learningRate = OptionKinds.Number(
        "--learning-rate",
        "Learning rate, above 0. "
        + $"[default: {string.Join(", ", ModelFactory.Optimizers.Select(DescribeRate))}]",
        rate => rate > 0 && double.IsFinite(rate),
        "above 0, such as 0.001");

    private readonly Option<string> _schedule = OptionKinds.Choice(
        "--schedule", "The schedule of the learning rate during training.", ModelFactory.Schedules.Keys, "cosine");

    private readonly Option<string> _loss = OptionKinds.Choice(
        "--loss", "The loss that training minimizes.", ModelFactory.Losses.Keys, ModelFactory.DefaultLoss);

    private readonly Option<int?> _earlyStopping = OptionKinds.OptionalWholeNumber(
        "--early-stopping",
        "End training when the loss of the validation samples has not improved for N epochs, and take the best epoch's "
        + "parameters.");

    private readonly Option<int> _seed =
        OptionKinds.Seed("--seed", "The seed of all random numbers.", 42);

    private readonly Option<int> _threads = OptionKinds.WholeNumber(
        "--threads",
        "Number of threads; all processors by default.",
        Math.Min(Environment.ProcessorCount, MostThreads),
        least: 1,
        most: MostThreads);

    private readonly Option<bool> _testEveryEpoch = new("--test-every-epoch")
    {
        Description =
            "Measure the test accuracy after every epoch, too, and name the best one. (An epoch chosen so looks "
            + "a little better than it is, because the test samples chose it.)",
    };

    private readonly Option<string?> _save =
        OptionKinds.OptionalName("--save", "File to save the trained network to, as safetensors.");

    private readonly Option<string?> _checkpoint = OptionKinds.OptionalName(
        "--checkpoint",
        "Folder to save the state of the training to after every epoch; made if it does not exist.",
        "DIR");

    private readonly Option<bool> _resume = new("--resume")
    {
        Description =
            "Resume from the newest complete checkpoint in the folder of --checkpoint, or start if there is none.",
    };

    private readonly Option<string?> _metricsCsv = OptionKinds.OptionalName(
        "--metrics-csv", "File to write a row of figures to after every epoch, as CSV.");

    private readonly Option<string?> _summary =
        OptionKinds.OptionalName("--summary", "File to write the result to, as JSON.");

    private readonly Option<string?> _report = OptionKinds.OptionalName(
        "--report",
        "File to write a report to, as one HTML page: learning curves, confusion matrix, the surest mistakes.");

    /// <summary>Adds these options to a command.</summary>
    public void AddTo(Command command)
    {
        _data.AddTo(command);
        foreach (Option option in (Option[])
            [
                _trainSamples, _validationSamples, _network, _hidden, _activation, _outputActivation, _initialization,
                _dropout, _augment, _epochs, _batchSize, _optimizer, _learningRate, _schedule, _loss, _earlyStopping,
                _seed, _threads, _testEveryEpoch, _save, _checkpoint, _resume, _summary, _metricsCsv, _report,
            ])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    /// <exception cref="SampleException">Options do not go together.</exception>
    public TrainOptions Bind(ParseResult arguments)
    {
        string optimizer = arguments.GetRequiredValue(_optimizer);
        string loss = arguments.GetRequiredValue(_loss);
        string network = arguments.GetRequiredValue(_network);
        if (arguments.GetValue(_resume) && arguments.GetValue(_checkpoint) is null)
        {
            throw new SampleException("--resume needs the folder to resume from: name it with --checkpoint.");
        }

        return new()
        {
            Source = _data.Bind(arguments),
            TrainSamples = arguments.GetValue(_trainSamples),
            ValidationSamples = arguments.GetValue(_validationSamples),
            Network = network,
            Hidden = arguments.GetValue(_hidden) is { Length: > 0 } hidden
                ? hidden
                : NetworkKind.All[network].Hidden,
            Activation = arguments.GetRequiredValue(_activation),
            OutputActivation = LossPairing.ChooseActivation(loss, arguments.GetValue(_outputActivation)),
            Initialization = arguments.GetRequiredValue(_initialization),
            Dropout = arguments.GetValue(_dropout),
            Augment = arguments.GetValue(_augment),
            Epochs = arguments.GetRequiredValue(_epochs),
            BatchSize = arguments.GetRequiredValue(_batchSize),
            Optimizer = optimizer,
            LearningRate = arguments.GetValue(_learningRate) ?? ModelFactory.Optimizers[optimizer].DefaultRate,
            Schedule = arguments.GetRequiredValue(_schedule),
            Loss = loss,
            EarlyStopping = arguments.GetValue(_earlyStopping),
            Seed = arguments.GetRequiredValue(_seed),
            Threads = arguments.GetRequiredValue(_threads),
            TestEveryEpoch = arguments.GetValue(_testEveryEpoch),
            Save = arguments.GetValue(_save),
            Checkpoint = arguments.GetValue(_checkpoint),
            Resume = arguments.GetValue(_resume),
            Summary = arguments.GetValue(_summary),
            MetricsCsv = arguments.GetValue(_metricsCsv),
            Report = arguments.GetValue(_report),
        };
    }

    private static string DescribeHidden(KeyValuePair<string, NetworkKind> network) =>
        $"{string.Join(',', network.Value.Hidden)} for {network.Key}";

    private static string DescribeRate(
        KeyValuePair<string, (double DefaultRate, Func<double, IOptimizer> Create)> optimizer) =>
        FormattableString.Invariant($"{optimizer.Value.DefaultRate} for {optimizer.Key}");

    private static int[] ParseHidden(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] parts = text.Split(',');
        int[] sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i])
                || sizes[i] < 1
                || sizes[i] > ModelFactory.WidestLayer)
            {
                result.AddError(
                    $"--hidden must be whole numbers from 1 to {ModelFactory.WidestLayer} with commas between them, "
                    + $"such as 512,512, but it is '{text}'.");
                break;
            }
        }

        return sizes;
    }
}
