using System.Runtime.ExceptionServices;
using NeuralNet.Callbacks;
using NeuralNet.Checkpoints;
using NeuralNet.Networks;
using NeuralNet.Reports;
using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>Trains a network and tests it.</summary>
internal static class Training
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="SampleException">Something the user can put right.</exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled before there was anything to report.
    /// </exception>
    /// <exception cref="TrainingDivergedException">Training diverged.</exception>
    public static async Task RunAsync(
        TrainOptions options, SampleEnvironment environment, CancellationToken cancellationToken)
    {
        OutputFile save = new("--save", options.Save);
        OutputFile summary = new("--summary", options.Summary);
        OutputFile metrics = new("--metrics-csv", options.MetricsCsv);
        OutputFile report = new("--report", options.Report);
        foreach (OutputFile file in (OutputFile[])[save, summary, metrics, report])
        {
            file.RequireWritable();
        }

        Checkpointing.RequireFolder(options);

        // Data
        MnistData data = await DataSource.LoadAsync(options.Source, environment, cancellationToken);
        data = data.Choose(options);

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
        Checkpointing.Resume(trainer, options, environment.Report);
        HtmlReport<float>? page = ReportPage.Of(options, network, data, environment.Clock);
        IReadOnlyList<EpochRecord> epochs = [];
        EarlyStopping<float>? earlyStopping =
            options.EarlyStopping is { } patience ? new EarlyStopping<float>(patience) : null;
        TrainingHistory history = environment.Report.Train(data, options.Epochs, display =>
        {
            var recorder = new EpochRecorder(options.TestEveryEpoch ? data.Test : null, display, page);
            epochs = recorder.Epochs;
            List<ITrainingCallback<float>> callbacks = [recorder];
            if (earlyStopping is not null)
            {
                callbacks.Add(earlyStopping);
            }

            if (page is not null)
            {
                callbacks.Add(page);
            }

            return Fit(trainer, data, options, callbacks, display, cancellationToken);
        });
        if (history.Epochs.Count == 0)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        // Report
        var result = new RunResult(Examination.Run(data, trainer), history)
        {
            Epochs = epochs,
            KeptEpoch = earlyStopping?.BestEpoch is > 0 and int best ? best : null,
        };
        Action<string> writtenDuringTraining = static _ => { };
        try
        {
            OutputFile.WriteAll(
                environment.Report,
                (save, path => SavedNetwork.Save(network, path)),
                (summary, Summary.Of(options, network.ParameterCount, result).Save),
                (report, _ => RequireWritten(page)),
                (metrics, writtenDuringTraining),
                (new("--checkpoint", options.Checkpoint), writtenDuringTraining));
        }
        finally
        {
            environment.Report.Finish(result);
        }
    }

    private static void RequireWritten(HtmlReport<float>? page)
    {
        if (page?.LastFailure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private static TrainingHistory Fit(
        Trainer<float> trainer,
        MnistData data,
        TrainOptions options,
        List<ITrainingCallback<float>> callbacks,
        IEpochDisplay display,
        CancellationToken cancellationToken)
    {
        if (options.MetricsCsv is { } path)
        {
            callbacks.Add(new CsvLog<float>(path));
        }

        Checkpointing<float>? checkpoints = options.Checkpoint is { } folder ? new(folder) : null;
        if (checkpoints is not null)
        {
            callbacks.Add(checkpoints);
        }

        try
        {
            return trainer.Fit(
                data.Training,
                new FitOptions<float>
                {
                    Epochs = options.Epochs,
                    BatchSize = options.BatchSize,
                    Schedule = ModelFactory.Schedules[options.Schedule],
                    Validation = data.Validation,
                    Metrics = [ModelFactory.Accuracy],
                    Augmentation = options.Augment ? ModelFactory.CreateAugmentation(data) : null,
                    Callbacks = callbacks,
                    Progress = display,
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Only the log and the checkpoints are written during training.
            throw new SampleException(
                checkpoints?.LastFailure is { } failure
                    ? $"--checkpoint: {failure.Message}"
                    : $"--metrics-csv: '{options.MetricsCsv}' cannot be written: {exception.Message}",
                exception);
        }
        catch (InvalidOperationException exception) when (options.Checkpoint is not null)
        {
            throw new SampleException($"--checkpoint: {exception.Message}", exception);
        }
    }
}
