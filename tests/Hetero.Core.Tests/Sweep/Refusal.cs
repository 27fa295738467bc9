using System.Reflection;
using Hetero.Core.Numerics;
using Hetero.Core.Theory;

namespace Hetero.Core.Tests.Sweep;

/// <summary>Which exceptions a caller can make something of.</summary>
internal static class Refusal
{
    /// <summary>Says what is wrong with an exception; null if it names an argument of the method, or is one that the method documents.</summary>
    public static string? Complaint(MethodBase method, Exception exception)
    {
        while (exception is TargetInvocationException { InnerException: { } inner })
        {
            exception = inner;
        }

        switch (exception)
        {
            case RankDeficientException or NotPositiveDefiniteException or NotConvergedException or ObjectDisposedException:
                return null;
            case InvalidOperationException or InvalidDataException or NotSupportedException or IndexOutOfRangeException
                when IsOfLibrary(exception):
                return null;
            case ArgumentException argument when SaysName(argument) && (IsStatement(method) || IsKnown(method, argument.ParamName ?? "")):
                return null;
            case ArgumentException argument:
                return $"throws {argument.GetType().Name} about '{argument.ParamName}', no argument of it or not named: {argument.Message}";
            default:
                return $"throws {exception.GetType().Name}: {exception.Message}";
        }
    }

    /// <summary>Thrown by the library itself, with the values found: the framework's own messages are short and say nothing.</summary>
    private static bool IsOfLibrary(Exception exception)
        => exception.Message.Length > 40 && exception.StackTrace!.Split('\n')[0].Contains("Hetero.Core", StringComparison.Ordinal);

    /// <summary>An argument, a part or an element of one, or a property of the object that is called; "data" is what a matrix is made of.</summary>
    private static bool IsKnown(MethodBase method, string name)
    {
        IEnumerable<string> properties = method.IsStatic ? [] : method.DeclaringType!.GetProperties().Select(p => p.Name);
        return name == "data"
            || method.GetParameters().Any(p => name.StartsWith(p.Name!, StringComparison.Ordinal) && (name.Length == p.Name!.Length || name[p.Name.Length] is '.' or '['))
            || properties.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A statement of the theory hands its arguments on, and the refusal names them as the part that takes them does.</summary>
    private static bool IsStatement(MethodBase method) => typeof(TheoryCheck).IsAssignableFrom(method.DeclaringType);

    private static bool SaysName(ArgumentException argument)
        => argument is ArgumentNullException || argument.Message.Contains($"'{argument.ParamName}", StringComparison.Ordinal);
}
