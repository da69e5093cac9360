using System.CommandLine;
using NeuralNet.Data;
using NeuralNet.Networks;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Samples.Mnist;

/// <summary>Trains a network to read handwritten digits.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // Ctrl+C once ends the run with what was reached; a second time, at once.
        using var interruption = new CancellationTokenSource();
        ConsoleCancelEventHandler interrupt = (_, press) =>
        {
            press.Cancel = !interruption.IsCancellationRequested;
            interruption.Cancel();
        };
        Console.CancelKeyPress += interrupt;
        try
        {
            return await RunAsync(args, SampleEnvironment.OfProcess(), interruption.Token);
        }
        finally
        {
            Console.CancelKeyPress -= interrupt;
        }
    }

    /// <summary>Reads the command line and runs; what goes wrong becomes one line and an exit code.</summary>
    internal static async Task<int> RunAsync(
        string[] args, SampleEnvironment environment, CancellationToken cancellationToken)
    {
        var command = new MnistCommand();
        ParseResult arguments = command.Parse(args);
        if (arguments.Errors.Count > 0)
        {
            return Fail(environment, ExitCode.BadInput, arguments.Errors[0].Message + " See --help.");
        }

        if (arguments.Action is not null)
        {
            // --help or --version
            return await arguments.InvokeAsync(
                new() { Output = environment.Output, Error = environment.Error }, cancellationToken);
        }

        try
        {
            await TrainAsync(command.Bind(arguments), environment, cancellationToken);
            return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Success;
        }
        catch (SampleException exception)
        {
            return Fail(environment, ExitCode.BadInput, exception.Message);
        }
        catch (TrainingDivergedException exception)
        {
            return Fail(environment, ExitCode.TrainingFailed, exception.Message);
        }
        catch (OutOfMemoryException)
        {
            return Fail(environment, ExitCode.TrainingFailed, "The network and its data do not fit into memory.");
        }
        catch (OperationCanceledException)
        {
            return Fail(environment, ExitCode.Interrupted, "Interrupted before training began.");
        }
    }

    private static async Task TrainAsync(
        MnistOptions options, SampleEnvironment environment, CancellationToken cancellationToken)
    {
        OutputFile.RequireWritable("--save", options.Save);
        OutputFile.RequireWritable("--summary", options.Summary);

        // Data
        MnistData data = await DataSource.LoadAsync(options.Source, environment, cancellationToken);
        DataSet<float>? everyEpochTest = options.TestEveryEpoch ? data.Test : null;
        if (options.TrainSamples is { } count)
        {
            data = data.TakeTraining(count);
        }

        // Network
        Network<float> network = ModelFactory.CreateNetwork(options, data);
        environment.Report.Start(data, network, options);

        // Training
        var trainer = new Trainer<float>(
            network,
            ModelFactory.Losses[options.Loss].Loss,
            ModelFactory.CreateOptimizer(options),
            options.Seed,
            options.Threads);
        IReadOnlyList<EpochRecord> epochs = [];
        TrainingHistory history = environment.Report.Train(data, options.Epochs, display =>
        {
            var recorder = new EpochRecorder(everyEpochTest, display);
            epochs = recorder.Epochs;
            return trainer.Fit(
                data.Training,
                new FitOptions<float>
                {
                    Epochs = options.Epochs,
                    BatchSize = options.BatchSize,
                    Schedule = ModelFactory.Schedules[options.Schedule],
                    Metrics = [ModelFactory.Accuracy],
                    Callbacks = [recorder],
                    Progress = display,
                },
                cancellationToken);
        });
        if (history.Epochs.Count == 0)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        // Report
        RunResult result = Examination.Run(data, trainer, history) with { Epochs = epochs };
        environment.Report.Finish(result);
        OutputFile.Write("--save", options.Save, network.SaveParameters);
        OutputFile.Write("--summary", options.Summary, Summary.Of(options, network.ParameterCount, result).Save);
    }

    /// <summary>Says what is wrong, on one line whatever the message holds.</summary>
    private static int Fail(SampleEnvironment environment, int exitCode, string message)
    {
        environment.Error.WriteLine(message.ReplaceLineEndings(" "));
        return exitCode;
    }
}
