// A web app that predicts: the model is loaded before the first request, and a newer file replaces it while it runs.
using Consumers.Web;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NeuralNet.Extensions.DependencyInjection;
using NeuralNet.Networks;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
Predictions.AddTo(builder);
builder.Services.AddHealthChecks().AddCheck<ModelHealth>("model");
WebApplication app = builder.Build();
Predictions.MapTo(app);
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
