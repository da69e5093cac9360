// A web app that predicts: the model is loaded before the first request, and a newer file replaces it while it runs.
using Consumers.Web;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NeuralNet.Extensions.DependencyInjection;
using NeuralNet.Networks;
using NeuralNet.Pipelines;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddNeuralNetModel<Network<float>>("digits", options =>
{
    options.Path = "digits.safetensors";
    options.ReloadOnChange = true;
});

// The configuration may say otherwise.
builder.Services.AddNeuralNetModel<Network<float>>("digits", builder.Configuration.GetSection("Models:Digits"));
builder.Services.AddNeuralNetModel<Pipeline<float>>("iris", builder.Configuration.GetSection("Models:Iris"));
builder.Services.AddHealthChecks().AddCheck<ModelHealth>("model");
WebApplication app = builder.Build();

app.MapPost("/predict", (float[] features, [FromKeyedServices("digits")] IModelProvider<Network<float>> digits) =>
{
    Network<float> network = digits.Current;
    if (features.Length != network.InputSize)
    {
        return Results.BadRequest($"Expected {network.InputSize} features, but {features.Length} came.");
    }

    return Results.Ok(new Prediction(network.Seed, network.Predict(features)));
});

app.MapPost("/species", (float[] lengths, [FromKeyedServices("iris")] IModelProvider<Pipeline<float>> iris) =>
{
    Pipeline<float> pipeline = iris.Current;
    return lengths.Length == pipeline.InputSize
        ? Results.Ok(pipeline.PredictLabel(lengths))
        : Results.BadRequest($"Expected {pipeline.InputSize} lengths, but {lengths.Length} came.");
});

app.MapGet("/model", (IModelProvider<Network<float>> digits) =>
    new ModelState(digits.Loaded.Version, digits.LastError?.Message));
app.MapGet("/memory", () =>
{
    // What is in use, not what waits to be collected.
    GC.Collect();
    GC.WaitForPendingFinalizers();
    GC.Collect();
    return new MemoryState(GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
});
app.MapHealthChecks("/health");
app.Run();

namespace Consumers.Web
{
    internal sealed record Prediction(int Seed, float[] Scores);

    internal sealed record ModelState(long Version, string? LastError);

    internal sealed record MemoryState(long Heap, long WorkingSet);

    internal sealed class ModelHealth(IModelProvider<Network<float>> digits) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(digits.LastError is { } error
                ? HealthCheckResult.Degraded(error.Message)
                : HealthCheckResult.Healthy());
    }
}
