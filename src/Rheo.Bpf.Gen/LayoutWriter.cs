namespace Rheo.Bpf.Gen;

/// <summary>Writes the class by which a test compares the runtime's layout of each struct with the compiler's.</summary>
internal static class LayoutWriter
{
    public static void Write(Code code, string name, IReadOnlyList<StructPlan> structs)
    {
        code.Line();
        code.Summary("Compares the layout that the runtime gives to each struct with the C compiler's; tests call it.");
        code.Block($"public static class {name}", () =>
        {
            code.Summary("Every difference in words; none when all is well.");
            code.Block("public static List<string> Differences()", () =>
            {
                code.Line("var differences = new List<string>();");
                foreach (var plan in structs)
                    code.Line($"Check{plan.Name}(differences);");
                code.Line("return differences;");
            });
            foreach (var plan in structs)
                Write(code, plan);
            WriteCompare(code);
        });
    }

    private static void Write(Code code, StructPlan plan)
    {
        code.Line();
        code.Block($"private static void Check{plan.Name}(List<string> differences)", () =>
        {
            code.Line($"{plan.Name} value = default;");
            code.Line($"Compare(differences, {Code.Literal($"size of {plan.CName}")}, Unsafe.SizeOf<{plan.Name}>(), {plan.Size});");
            foreach (var field in plan.Fields)
                code.Line($"Compare(differences, {Code.Literal($"offset of {field.CName} in {plan.CName}")}, Offset(ref value, ref value.{field.Name}), {field.Offset});");
        });
    }

    private static void WriteCompare(Code code)
    {
        code.Line();
        code.Line("private static long Offset<TStruct, TField>(ref TStruct start, ref TField field) =>");
        code.Line("    Unsafe.ByteOffset(");
        code.Line("        ref Unsafe.As<TStruct, byte>(ref start),");
        code.Line("        ref Unsafe.As<TField, byte>(ref field));");
        code.Line();
        code.Block("private static void Compare(List<string> differences, string what, long here, long there)", () =>
        {
            code.Line("if (here != there)");
            code.Line("    differences.Add($\"{what}: {here} here, {there} in C\");");
        });
    }
}
