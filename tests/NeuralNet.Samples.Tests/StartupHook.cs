/// <summary>
/// What the runtime calls in a process that has this assembly in DOTNET_STARTUP_HOOKS: at its end it lists the
/// assemblies and the native libraries that it has loaded in the file that <see cref="ListVariable"/> names.
/// </summary>
internal static class StartupHook
{
    public const string ListVariable = "NEURALNET_LIST_OF_LIBRARIES";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) => List();

    private static void List()
    {
        List<string> lines = [.. AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!)];
        if (OperatingSystem.IsLinux())
        {
            lines.AddRange(File.ReadAllLines("/proc/self/maps"));
        }

        File.WriteAllLines(Environment.GetEnvironmentVariable(ListVariable)!, lines);
    }
}
