using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NeuralNet.Pipelines;
using NeuralNet.Serialization;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The service of the guide trains in the background, tells how far it is, and leaves a model.</summary>
[Collection("Pages")]
public sealed class TrainingServiceTests
{
    [Fact]
    public async Task The_app_tells_how_far_training_is()
    {
        await using WebApplication app = TrainingApp.Build(WebApplication.CreateSlimBuilder());
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        await app.Services.GetRequiredService<TrainingService>().ExecuteTask!;

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using JsonDocument progress = JsonDocument.Parse(
            await client.GetStringAsync(new Uri("/training", UriKind.Relative)));
        progress.RootElement.GetProperty("epoch").GetInt32().Should().Be(50);
        progress.RootElement.GetProperty("epochs").GetInt32().Should().Be(50);
        progress.RootElement.GetProperty("loss").GetDouble().Should().BeLessThan(0.2);
        Pipeline.Load<float>("iris.safetensors").PredictLabel([5.1f, 3.5f, 1.4f, 0.2f]).Should().Be("setosa");
    }

    [Fact]
    public async Task An_app_that_stops_leaves_no_model_that_is_half_trained()
    {
        File.Delete("iris.safetensors");
        await using WebApplication app = TrainingApp.Build(WebApplication.CreateSlimBuilder());
        TrainingService service = app.Services.GetRequiredService<TrainingService>();
        await service.StartAsync(new CancellationToken(canceled: true));
        await service.StopAsync(CancellationToken.None);
        File.Exists("iris.safetensors").Should().BeFalse();
    }
}
