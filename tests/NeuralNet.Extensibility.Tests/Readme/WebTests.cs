using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Consumers.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>
/// The requests of the README's web app answer whatever comes: a prediction, or a described refusal, in Production and
/// in Development alike.
/// </summary>
public sealed class WebTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] _labels = ["setosa", "versicolor", "virginica"];

    private readonly string _folder = Directory.CreateTempSubdirectory("neuralnet-web-").FullName;
    private readonly Network<float> _network = Network.Create<float>(4, seed: 7).Dense(3).Build();
    private readonly WebApplication[] _apps;
    private HttpClient[] _clients = [];

    public WebTests()
    {
        string path = Path.Combine(_folder, "digits.safetensors");
        string pipelinePath = Path.Combine(_folder, "iris.safetensors");
        _network.Save(path);
        Pipeline.Create(_network, labels: new LabelEncoder(_labels)).Save(pipelinePath);

        _apps = [App("Production", path, pipelinePath), App("Development", path, pipelinePath)];
    }

    public static TheoryData<string> BadBodies => new(
        "null", "", " ", "[]", "[1,2,3]", "[1,2,3,4,5]", "[1e39,2,3,4]", "[1,2,3,-1e39]", "[NaN,1,2,3]", "[null,1,2,3]",
        "[\"NaN\",1,2,3]", "[\"1\",\"2\",\"3\",\"4\"]", "[\"a\",1,2,3]", "\"text\"", "{}", "7", "[[1,2,3,4]]",
        "[1,2,3,4",
        "[true,1,2,3]", "[1,2,3,4] 5", "<xml/>", "[" + new string('1', 500) + ",2,3,4]");

    public async Task InitializeAsync()
    {
        foreach (WebApplication app in _apps)
        {
            await app.StartAsync();
        }

        _clients = [.. _apps.Select(app => new HttpClient { BaseAddress = new Uri(app.Urls.Single()) })];
    }

    public async Task DisposeAsync()
    {
        foreach (WebApplication app in _apps)
        {
            await app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose()
    {
        foreach (HttpClient client in _clients)
        {
            client.Dispose();
        }
    }

    [Fact]
    public async Task Numbers_are_answered_with_a_prediction()
    {
        const string Body = "[5.1, 3.5, 1.4, 0.2]";
        float[] features = [5.1f, 3.5f, 1.4f, 0.2f];
        foreach (HttpClient client in _clients)
        {
            JsonElement answer =
                await (await PostAsync(client, "/predict", Body)).ReadFromJsonAsync<JsonElement>();
            string? species = await (await PostAsync(client, "/species", Body)).ReadFromJsonAsync<string>();

            answer.GetProperty("seed").GetInt32().Should().Be(7);
            answer.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle())
                .Should().Equal(_network.Predict(features));
            species.Should().BeOneOf(_labels);
        }
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Anything_else_is_a_bad_request_with_a_description(string body)
    {
        foreach (string address in (string[])["/predict", "/species"])
        {
            await RefusedAsync(address, body, HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("/predict", "[3e38,3e38,3e38,3e38]")]
    [InlineData("/predict", "[-3e38,3e38,-3e38,3e38]")]
    [InlineData("/species", "[3e38,3e38,3e38,3e38]")]
    [InlineData("/species", "[-1,1,1,1]")]
    public async Task Numbers_that_overflow_on_the_way_are_a_bad_request(string address, string body) =>
        await RefusedAsync(address, body, HttpStatusCode.BadRequest);

    [Theory]
    [InlineData(100_000, HttpStatusCode.BadRequest)]
    [InlineData(1_000_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_huge_body_is_refused(int numbers, HttpStatusCode status) =>
        await RefusedAsync("/predict", $"[{string.Join(',', Enumerable.Repeat("1", numbers))}]", status);

    [Fact]
    public async Task Another_kind_of_content_is_refused()
    {
        foreach (HttpClient client in _clients)
        {
            using var content = new StringContent("[1,2,3,4]", Encoding.UTF8, "text/plain");

            using HttpResponseMessage response = await client.PostAsync("/predict", content);

            response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
            response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        }
    }

    private WebApplication App(string environment, string path, string pipelinePath)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = environment, ContentRootPath = _folder });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Models:Digits:Path"] = path,
            ["Models:Iris:Path"] = pipelinePath,
        });
        Predictions.AddTo(builder);
        WebApplication app = builder.Build();
        Predictions.MapTo(app);
        return app;
    }

    private static async Task<HttpContent> PostAsync(HttpClient client, string address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        HttpResponseMessage response = await client.PostAsync(address, content);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return response.Content;
    }

    private async Task RefusedAsync(string address, string body, HttpStatusCode status)
    {
        foreach (HttpClient client in _clients)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };

            // The server closes the connection on a body that it refuses; whoever still sends it might not hear why.
            request.Headers.ExpectContinue = true;

            using HttpResponseMessage response = await client.SendAsync(request);

            response.StatusCode.Should().Be(status);
            response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
            JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            problem.GetProperty("status").GetInt32().Should().Be((int)status);
            problem.GetProperty("title").GetString().Should().NotBeNullOrEmpty();
        }
    }
}
