using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NeuralNet.Samples.Mnist;

/// <summary>The command line: which options there are, what they accept, and what they are unless given.</summary>
internal sealed class MnistCommand : RootCommand
{
    // More than any machine this runs on has; a slip of the finger must not take all its memory.
    private const int MostThreads = 1024;

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder with the four files of MNIST, or of a data set in its format such as Fashion-MNIST, "
            + "raw or gzipped. Unless given: the folder that NEURALNET_MNIST names, else the user's cache, else a "
            + "download.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _generated = new("--generated")
    {
        Description = "Train on digits that the sample draws itself, without looking for MNIST.",
    };

    private readonly Option<int[]> _hidden = new("--hidden")
    {
        Description = "Neurons of the hidden layers, such as 128 or 512,512.",
        HelpName = "N,N,...",
        Arity = ArgumentArity.ExactlyOne,
        DefaultValueFactory = _ => [128],
        CustomParser = ParseHidden,
    };

    private readonly Option<string> _activation =
        Choice("--activation", "Activation of the hidden layers.", ModelFactory.Activations.Keys, "relu");

    private readonly Option<int> _epochs = WholeNumber("--epochs", "How often each sample is seen.", _ => 5);

    private readonly Option<int> _batchSize = WholeNumber("--batch-size", "Samples per step.", _ => 64);

    private readonly Option<string> _optimizer =
        Choice("--optimizer", "How the parameters follow their gradients.", ModelFactory.Optimizers.Keys, "adam");

    private readonly Option<double?> _learningRate = new("--learning-rate")
    {
        Description = "Learning rate, above 0. [default: 0.003 for adam, 0.3 for sgd]",
        HelpName = "RATE",
        CustomParser = ParseLearningRate,
    };

    private readonly Option<string> _schedule =
        Choice("--schedule", "How the learning rate changes during training.", ModelFactory.Schedules.Keys, "cosine");

    private readonly Option<string> _loss =
        Choice("--loss", "What is to become small.", ModelFactory.Losses.Keys, "cross-entropy");

    private readonly Option<int> _seed =
        WholeNumber("--seed", "Where all randomness comes from.", _ => 42, least: int.MinValue);

    private readonly Option<int> _threads = WholeNumber(
        "--threads",
        "Threads to train with; all processors unless given.",
        _ => Math.Min(Environment.ProcessorCount, MostThreads),
        most: MostThreads);

    private readonly Option<string?> _save = new("--save")
    {
        Description = "File to save the trained parameters to, as safetensors.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _summary = new("--summary")
    {
        Description = "File to write the result to, as JSON.",
        HelpName = "FILE",
    };

    public MnistCommand()
        : base("Trains a network to read handwritten digits and says how well it does on digits it has never seen.")
    {
        foreach (Option option in (Option[])
            [
                _data, _generated, _hidden, _activation, _epochs, _batchSize, _optimizer, _learningRate, _schedule,
                _loss, _seed, _threads, _save, _summary,
            ])
        {
            Options.Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetValue(_generated) && result.GetResult(_data) is not null)
            {
                result.AddError("--data and --generated exclude each other.");
            }
        });
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    public MnistOptions Bind(ParseResult arguments)
    {
        string optimizer = arguments.GetRequiredValue(_optimizer);
        return new()
        {
            Data = arguments.GetValue(_data),
            Generated = arguments.GetValue(_generated),
            Hidden = arguments.GetRequiredValue(_hidden),
            Activation = arguments.GetRequiredValue(_activation),
            Epochs = arguments.GetRequiredValue(_epochs),
            BatchSize = arguments.GetRequiredValue(_batchSize),
            Optimizer = optimizer,
            LearningRate = arguments.GetValue(_learningRate) ?? ModelFactory.Optimizers[optimizer].DefaultRate,
            Schedule = arguments.GetRequiredValue(_schedule),
            Loss = arguments.GetRequiredValue(_loss),
            Seed = arguments.GetRequiredValue(_seed),
            Threads = arguments.GetRequiredValue(_threads),
            Save = arguments.GetValue(_save),
            Summary = arguments.GetValue(_summary),
        };
    }

    private static Option<string> Choice(string name, string description, IEnumerable<string> values, string fallback)
    {
        string[] choices = [.. values];
        var option = new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!choices.Contains(text))
                {
                    result.AddError($"{name} must be one of {string.Join(", ", choices)}, but it is '{text}'.");
                }

                return text;
            },
        };
        option.CompletionSources.Add(choices);
        return option;
    }

    private static Option<int> WholeNumber(
        string name, string description, Func<ArgumentResult, int> fallback, int least = 1, int most = int.MaxValue) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = fallback,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                    || value < least
                    || value > most)
                {
                    result.AddError(
                        $"{name} must be a whole number from {least} to {most}, but it is '{text}'.");
                }

                return value;
            },
        };

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

    private static double? ParseLearningRate(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            || !(value > 0 && double.IsFinite(value)))
        {
            result.AddError($"--learning-rate must be a number above 0, such as 0.001, but it is '{text}'.");
        }

        return value;
    }
}
