using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeuralNet.Activations;
using NeuralNet.Datasets;
using NeuralNet.Extensions.Logging;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

internal sealed class TrainingService(ILogger<TrainingService> logger) : BackgroundService, IProgress<TrainingProgress>
{
    private volatile TrainingProgress? _latest;

    public TrainingProgress? Latest => _latest;

    public void Report(TrainingProgress value) => _latest = value;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => Train(stoppingToken), stoppingToken);

    private void Train(CancellationToken stoppingToken)
    {
        TableDataset iris = Iris.Load();
        Standardization scaling = Standardization.Fit(iris.Data.Inputs);
        Network<float> network = Network.Create<float>(4, seed: 42).Dense(16, new ReLU()).Dense(3).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(learningRate: 0.01));
        TrainingHistory history = trainer.Fit(
            iris.Data.TransformInputs(scaling),
            new() { Epochs = 50, Progress = this, Callbacks = [new TrainingLog<float>(logger)] },
            stoppingToken);
        if (history.Outcome == TrainingOutcome.Completed)
        {
            var labels = new LabelEncoder(iris.Classes);
            Pipeline.Create(network, inputs: scaling, labels: labels).Save("iris.safetensors");
        }
    }
}

/// <summary>The app around the service.</summary>
internal static class TrainingApp
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TrainingService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TrainingService>());
        WebApplication app = builder.Build();
        app.MapGet("/training", (TrainingService training) => training.Latest is { } progress
            ? Results.Ok(new { progress.Epoch, progress.Epochs, progress.Loss, progress.Remaining })
            : Results.NoContent());
        return app;
    }
}
