using System.Reflection;

namespace Hetero.Core.Tests.Sweep;

/// <summary>A buffer that is empty, or one row, column or element too short or too long, is refused by name. Scratch may be longer.</summary>
internal static class LengthLaw
{
    public static IEnumerable<string> Violations(SpanCase test, MethodBase method)
    {
        for (int i = 0; i < test.Buffers.Length; i++)
        {
            foreach (BufferSpec other in Others(test.Buffers[i]))
            {
                BufferSpec[] buffers = [.. test.Buffers];
                buffers[i] = other;
                SpanCase changed = test with { Buffers = buffers };
                Slots slots = new(buffers);
                changed.Fill(slots);
                if (Check(changed, method, slots, isLegal: test.TakesAnyLength) is { } complaint)
                {
                    yield return $"{test} with {other.Rows}×{other.Columns} for buffer {i}: {complaint}";
                }
            }
        }
    }

    /// <summary>Sizes of 0 throughout do nothing, or are refused.</summary>
    public static IEnumerable<string> EmptyViolations(SpanCase test, MethodBase method)
    {
        Slots slots = new(test.Buffers);
        test.Fill(slots);
        return Check(test, method, slots, isLegal: true) is { } complaint ? [$"{test}: {complaint}"] : [];
    }

    private static IEnumerable<BufferSpec> Others(BufferSpec buffer)
    {
        // Vectors, and scratch, have one row; a matrix of one column is a matrix all the same.
        if (buffer.Length == 0)
        {
            yield break;
        }

        yield return buffer with { Columns = 0 };
        yield return buffer with { Columns = buffer.Columns - 1 };
        if (buffer.Role != BufferRole.Scratch)
        {
            yield return buffer with { Columns = buffer.Columns + 1 };
        }

        if (buffer.Rows > 1)
        {
            yield return buffer with { Rows = 0, Columns = 0 };
            yield return buffer with { Rows = buffer.Rows + 1 };
            yield return buffer with { Rows = buffer.Rows - 1 };
        }
    }

    private static string? Check(SpanCase test, MethodBase method, Slots slots, bool isLegal)
    {
        byte[] before = slots.Snapshot();
        try
        {
            double[] returned = test.Call(slots);
            return !isLegal ? "is accepted" : returned.Any(double.IsNaN) ? "returns NaN" : null;
        }
        catch (Exception exception)
        {
            return Refusal.Complaint(method, exception)
                ?? (exception is not ArgumentException || slots.Equal(before) ? null : "is refused after it has written");
        }
    }
}
