using System.Globalization;
using Microsoft.Extensions.Options;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Refuses options that no model can be loaded with.</summary>
internal sealed class ModelOptionsValidation<TModel> : IValidateOptions<ModelOptions<TModel>>
    where TModel : class
{
    /// <summary>The longest interval; timers would allow some weeks.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ModelOptions<TModel> options)
    {
        List<string> failures = [];
        string model = ModelType.Of<TModel>().Title(name ?? "");
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            failures.Add($"{model} has no file: {nameof(options.Path)} must be set, in code or in the configuration.");
        }

        if (options.PollInterval <= TimeSpan.Zero || options.PollInterval > _longest)
        {
            failures.Add(
                $"{model}: {nameof(options.PollInterval)} must be above 0 and at most a day, but it is "
                + $"{options.PollInterval.ToString("c", CultureInfo.InvariantCulture)}.");
        }

        RequireSize(failures, model, nameof(options.InputSize), options.InputSize);
        RequireSize(failures, model, nameof(options.OutputSize), options.OutputSize);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void RequireSize(List<string> failures, string model, string option, int? size)
    {
        if (size < 1)
        {
            failures.Add($"{model}: {option} must be at least 1, but it is {size}.");
        }
    }
}
