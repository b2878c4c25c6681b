using Rheo.GuestTests;

// Rheo.GuestTests [WORD...]: runs the tests whose names contain one of the words, or all.
var failed = 0;
foreach (var test in TestList.All().Where(test => args.Length == 0 || args.Any(test.Name.Contains)))
    failed += test.Run() ? 0 : 1;
return failed == 0 ? 0 : 1;
