using System.Globalization;
using Microsoft.Extensions.Options;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Refuses options that no model can be loaded with.</summary>
internal sealed class ModelOptionsValidation<TModel> : IValidateOptions<ModelOptions<TModel>>
    where TModel : class
{
    /// <summary>The longest time; timers would allow some weeks.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ModelOptions<TModel> options)
    {
        List<string> failures = [];
        string model = ModelType.Of<TModel>().Title(name ?? "");
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            failures.Add($"{model} has no file: {nameof(options.Path)} must be set, in code or in the configuration.");
        }

        RequireTime(failures, model, nameof(options.PollInterval), options.PollInterval);
        RequireTime(failures, model, nameof(options.LoadTimeout), options.LoadTimeout);
        RequireSize(failures, model, nameof(options.InputSize), options.InputSize);
        RequireSize(failures, model, nameof(options.OutputSize), options.OutputSize);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void RequireTime(List<string> failures, string model, string option, TimeSpan time)
    {
        if (time <= TimeSpan.Zero || time > _longest)
        {
            failures.Add(
                $"{model}: {option} must be above 0 and at most a day, but it is "
                + $"{time.ToString("c", CultureInfo.InvariantCulture)}.");
        }
    }

    private static void RequireSize(List<string> failures, string model, string option, int? size)
    {
        if (size < 1)
        {
            failures.Add($"{model}: {option} must be at least 1, but it is {size}.");
        }
    }
}
