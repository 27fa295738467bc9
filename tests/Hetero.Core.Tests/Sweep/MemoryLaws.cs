using System.Reflection;

namespace Hetero.Core.Tests.Sweep;

/// <summary>Where a matrix's rows lie, and how much scratch there is beyond the need, shows in no bit of a result.</summary>
internal static class MemoryLaws
{
    /// <summary>Matrices that are parts of larger ones: results as with contiguous ones, and memory between the rows neither read nor written.</summary>
    public static IEnumerable<string> RowsApart(SpanCase test, MethodBase method)
        => Compare(test, test, method, slots => slots.SpreadRows());

    /// <summary>Scratch that is longer than it has to be.</summary>
    public static IEnumerable<string> LongScratch(SpanCase test, MethodBase method)
        => Array.Exists(test.Buffers, buffer => buffer.Role == BufferRole.Scratch)
            ? Compare(
                test,
                test with { Buffers = [.. test.Buffers.Select(b => b.Role == BufferRole.Scratch ? b with { Columns = (2 * b.Columns) + 37 } : b)] },
                method,
                _ => { })
            : [];

    private static IEnumerable<string> Compare(SpanCase plain, SpanCase other, MethodBase method, Action<Slots> prepare)
    {
        Slots expected = new(plain.Buffers), actual = new(other.Buffers);
        plain.Fill(expected);
        other.Fill(actual);
        prepare(actual);
        (double[]? right, Exception? refused) = Try(plain, expected);
        (double[]? returned, Exception? failure) = Try(other, actual);
        if (failure is not null || refused is not null)
        {
            return failure?.GetType() == refused?.GetType() && Refusal.Complaint(method, failure!) is null ? [] : [$"{other}: throws {failure}, not {refused}"];
        }

        List<string> violations = [];
        if (!right!.SequenceEqual(returned!))
        {
            violations.Add($"{other}: returns {string.Join(", ", returned!)}, not {string.Join(", ", right!)}");
        }

        for (int i = 0; i < plain.Buffers.Length; i++)
        {
            byte[] bytes = actual.Collect(i, out bool isIntact);
            if (!isIntact)
            {
                violations.Add($"{other}: writes between the rows of buffer {i}");
            }

            if (plain.Buffers[i].Role != BufferRole.Scratch && !expected.Bytes(i).SequenceEqual(bytes))
            {
                violations.Add($"{other}: buffer {i} holds other numbers");
            }
        }

        return violations;
    }

    private static (double[]? Returned, Exception? Failure) Try(SpanCase test, Slots slots)
    {
        try
        {
            return (test.Call(slots), null);
        }
        catch (Exception exception)
        {
            return (null, exception);
        }
    }
}
