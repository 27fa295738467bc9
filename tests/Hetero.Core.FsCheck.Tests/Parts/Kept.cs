namespace Hetero.Core.FsCheck.Tests.Parts;

/// <summary>Holds what a faulty part allocates, which the compiler would put on the stack otherwise.</summary>
internal static class Kept
{
    [ThreadStatic]
    private static double[]? _array;

    public static double[] Array
    {
        get => _array ?? [];
        set => _array = value;
    }
}
