// @ts-check
/** The course as a page carries it, made whole: guidelines and references stand in it once. */

/** @param {any} course @returns {any} the course, its stories complete in themselves */
export function restored(course) {
  for (const story of course.stories) {
    for (const name of ["guidelines", "references"]) {
      const own = story[name];
      if (Array.isArray(own)) story[name] = Object.fromEntries(own.map((id) => [id, course[name][id]]));
    }
    whole(story);
  }
  return course;
}

/** Short forms in full: ids from their keys, marks and texts as objects. @param {any} story */
function whole(story) {
  const { texts = [] } = story;
  delete story.texts;
  for (const [id, ending] of Object.entries(story.endings)) {
    ending.id = id;
    ending.text = wholeTexts(ending.text, texts);
  }
  for (const [id, scene] of Object.entries(story.scenes)) {
    scene.id = id;
    scene.text = wholeTexts(scene.text, texts);
    scene.choices ??= {};
    if (scene.goto) scene.goto = scene.goto.map(asBranch);
    for (const [name, choice] of Object.entries(scene.choices)) wholeChoice(name, choice, texts);
  }
}

/** @param {string} id @param {any} choice @param {string[]} texts */
function wholeChoice(id, choice, texts) {
  choice.id = id;
  choice.consequence = wholeTexts(choice.consequence, texts);
  choice.goto = choice.goto.map(asBranch);
  if (choice.marks) choice.marks = choice.marks.map(([guideline, word, why]) => ({ guideline, word, why }));
}

/** Paragraphs as objects; a number stands for a text that is said in several places.
 * @param {any[]} paragraphs @param {string[]} texts */
function wholeTexts(paragraphs, texts) {
  return paragraphs.map((one) => {
    const [text, when] = Array.isArray(one) ? one : [one, ""];
    return { text: typeof text === "number" ? texts[text] : text, when };
  });
}

/** @param {any} one where it leads, and on what condition */
function asBranch(one) {
  const [to, when] = Array.isArray(one) ? one : [one, ""];
  return { to, when };
}
