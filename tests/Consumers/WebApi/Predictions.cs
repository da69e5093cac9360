using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NeuralNet.Extensions.DependencyInjection;
using NeuralNet.Networks;
using NeuralNet.Pipelines;

namespace Consumers.Web;

/// <summary>The models of the app, and the requests that they answer.</summary>
internal static class Predictions
{
    /// <summary>Registers the models, and what makes every refusal describe itself.</summary>
    public static void AddTo(WebApplicationBuilder builder)
    {
        builder.Services.AddNeuralNetModel<Network<float>>("digits", options =>
        {
            options.Path = "digits.safetensors";
            options.ReloadOnChange = true;
        });

        // The configuration may say otherwise.
        builder.Services.AddNeuralNetModel<Network<float>>("digits", builder.Configuration.GetSection("Models:Digits"));
        builder.Services.AddNeuralNetModel<Pipeline<float>>("iris", builder.Configuration.GetSection("Models:Iris"));
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = false);
    }

    /// <summary>Adds the requests.</summary>
    public static void MapTo(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();

        app.MapPost("/predict", (
            float[]? features, [FromKeyedServices("digits")] IModelProvider<Network<float>> digits) =>
        {
            Network<float> network = digits.Current;
            if (features is null || features.Length != network.InputSize || !features.All(float.IsFinite))
            {
                return Results.Problem($"Expected an array of {network.InputSize} finite numbers.", statusCode: 400);
            }

            float[] scores = network.Predict(features);
            return scores.All(float.IsFinite)
                ? Results.Ok(new Prediction(network.Seed, scores))
                : Results.Problem("The numbers are too large to predict from.", statusCode: 400);
        }).WithMetadata(new RequestSizeLimitAttribute(1_000_000));

        app.MapPost("/species", (
            float[]? lengths, [FromKeyedServices("iris")] IModelProvider<Pipeline<float>> iris) =>
        {
            Pipeline<float> pipeline = iris.Current;
            return lengths?.Length == pipeline.InputSize && lengths.All(length => length is >= 0 and <= 100)
                ? Results.Ok(pipeline.PredictLabel(lengths))
                : Results.Problem($"Expected {pipeline.InputSize} lengths from 0 to 100 centimeters.", statusCode: 400);
        });
    }

    private sealed record Prediction(int Seed, float[] Scores);
}
