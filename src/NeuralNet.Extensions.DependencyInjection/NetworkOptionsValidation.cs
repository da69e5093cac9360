using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Options;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Refuses options that no network can be loaded with.</summary>
internal sealed class NetworkOptionsValidation<T> : IValidateOptions<NetworkOptions<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The longest time that a timer takes.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, NetworkOptions<T> options)
    {
        List<string> failures = [];
        string network = NetworkName.Shown(name ?? "");
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            failures.Add($"{network} has no file: {nameof(options.Path)} must be set, in code or in the configuration.");
        }

        if (options.PollInterval <= TimeSpan.Zero || options.PollInterval > _longest)
        {
            failures.Add(
                $"{network}: {nameof(options.PollInterval)} must be above 0 and at most a day, but it is "
                + $"{options.PollInterval.ToString("c", CultureInfo.InvariantCulture)}.");
        }

        RequireSize(failures, network, nameof(options.InputSize), options.InputSize);
        RequireSize(failures, network, nameof(options.OutputSize), options.OutputSize);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void RequireSize(List<string> failures, string network, string option, int? size)
    {
        if (size < 1)
        {
            failures.Add($"{network}: {option} must be at least 1, but it is {size}.");
        }
    }
}
